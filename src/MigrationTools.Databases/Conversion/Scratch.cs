using System.Buffers;

namespace MigrationTools.Databases.Conversion;

/// <summary>Bytes for a moment: the stack's where they are few, a pool's where they are many.</summary>
internal readonly ref struct Scratch
{
    /// <summary>What callers put on the stack.</summary>
    public const int StackLength = 256;

    private readonly byte[]? _rented;

    public Scratch(Span<byte> stack, int needed)
    {
        _rented = needed <= stack.Length ? null : ArrayPool<byte>.Shared.Rent(needed);
        Bytes = _rented ?? stack;
    }

    public Span<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
