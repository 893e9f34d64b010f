using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Writes rows, already in order, at the end of a spool file.</summary>
internal sealed class RunWriter(SpoolFile file)
{
    /// <summary>Length of the row, of its key and of its tail before each row.</summary>
    public const int HeaderLength = 12;

    private readonly long _start = file.Length;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public void Write(ReadOnlySpan<byte> row, int keyLength, ReadOnlySpan<byte> tail)
    {
        Reserve(HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), row.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length + 4), keyLength);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length + 8), tail.Length);
        _length += HeaderLength;
        Append(row);
        Append(tail);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length)
        {
            Flush();
            file.Append(bytes);
            return;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public SortedRun Complete()
    {
        Flush();
        return new SortedRun(_start, file.Length);
    }

    private void Reserve(int count)
    {
        if (count > _buffer.Length - _length)
        {
            Flush();
        }
    }

    private void Flush()
    {
        file.Append(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
