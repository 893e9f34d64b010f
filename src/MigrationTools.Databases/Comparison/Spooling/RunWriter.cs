using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Writes rows, already in order, at the end of a spool file.</summary>
internal sealed class RunWriter(SpoolFile file)
{
    /// <summary>Length of the row and of its key before each row.</summary>
    public const int HeaderLength = 8;

    private readonly long _start = file.Length;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public void Write(ReadOnlySpan<byte> row, int keyLength)
    {
        Reserve(HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), row.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length + 4), keyLength);
        _length += HeaderLength;
        if (row.Length > _buffer.Length)
        {
            Flush();
            file.Append(row);
            return;
        }

        Reserve(row.Length);
        row.CopyTo(_buffer.AsSpan(_length));
        _length += row.Length;
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
