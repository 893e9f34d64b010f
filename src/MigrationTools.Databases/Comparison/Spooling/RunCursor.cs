using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Reads a run from its beginning to its end.</summary>
internal sealed class RunCursor(SpoolFile file, SortedRun run, int bufferLength) : ISortedRows
{
    private byte[] _buffer = new byte[bufferLength];
    private long _position = run.Start;
    private int _start;
    private int _end;
    private int _rowStart;
    private int _rowLength;
    private int _tailLength;

    public ReadOnlySpan<byte> Row => _buffer.AsSpan(_rowStart, _rowLength);

    public int KeyLength { get; private set; }

    public ReadOnlySpan<byte> Tail => _buffer.AsSpan(_rowStart + _rowLength, _tailLength);

    public bool Read()
    {
        if (_start == _end && _position == run.End)
        {
            return false;
        }

        Fill(RunWriter.HeaderLength);
        _rowLength = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        KeyLength = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start + 4));
        _tailLength = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start + 8));
        _start += RunWriter.HeaderLength;
        Fill(_rowLength + _tailLength);
        _rowStart = _start;
        _start += _rowLength + _tailLength;
        return true;
    }

    /// <summary>Sees to it that so many bytes lie in the buffer.</summary>
    private void Fill(int count)
    {
        if (_end - _start >= count)
        {
            return;
        }

        var rest = _buffer.AsSpan(_start, _end - _start);
        if (count > _buffer.Length)
        {
            var larger = new byte[count];
            rest.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            rest.CopyTo(_buffer);
        }

        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            var wanted = (int)Math.Min(_buffer.Length - _end, run.End - _position);
            var read = wanted == 0 ? 0 : file.Read(_buffer.AsSpan(_end, wanted), _position);
            if (read == 0)
            {
                throw new EndOfStreamException("A file of spooled rows is shorter than what was written to it.");
            }

            _end += read;
            _position += read;
        }
    }
}
