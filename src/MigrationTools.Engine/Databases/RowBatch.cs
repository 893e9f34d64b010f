using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MigrationTools.Engine.Databases;

/// <summary>
/// A few hundred rows in one arena of bytes: what readers fill, converters translate and writers send, without an object
/// a value. Append the cells of a row in column order; the row counts once its last cell is in. Not thread-safe.
/// </summary>
public sealed class RowBatch
{
    private readonly record struct Cell(int Offset, int Length, CellKind Kind);

    private byte[] _bytes;
    private Cell[] _cells;
    private int _byteCount;
    private int _cellCount;

    /// <param name="columnCount">Cells in a row; at least 1.</param>
    /// <param name="initialBytes">First size of the arena; it grows as needed.</param>
    public RowBatch(int columnCount, int initialBytes = 64 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        ColumnCount = columnCount;
        _bytes = new byte[initialBytes];
        _cells = new Cell[Math.Max(columnCount, 64)];
    }

    public int ColumnCount { get; }

    /// <summary>Whole rows in the batch.</summary>
    public int RowCount => _cellCount / ColumnCount;

    /// <summary>Bytes of all values: what a size limit of a chunk is held against.</summary>
    public int ByteCount => _byteCount;

    /// <summary>Forgets the rows and keeps the memory, unless one huge value has blown it up.</summary>
    public void Clear()
    {
        _byteCount = 0;
        _cellCount = 0;
        if (_bytes.Length > 8 * 1024 * 1024)
        {
            _bytes = new byte[64 * 1024];
        }
    }

    /// <summary>Takes back the cells appended since the last whole row (a row that could not be finished).</summary>
    public void DropUnfinishedRow() => TruncateTo(RowCount);

    /// <summary>Keeps only the first <paramref name="rowCount"/> rows.</summary>
    public void TruncateTo(int rowCount)
    {
        var cells = rowCount * ColumnCount;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells, _cellCount);
        _byteCount = cells == _cellCount ? _byteCount : _cells[cells].Offset;
        _cellCount = cells;
    }

    public CellKind KindAt(int row, int column) => _cells[(row * ColumnCount) + column].Kind;

    public ReadOnlySpan<byte> BytesAt(int row, int column)
    {
        var cell = _cells[(row * ColumnCount) + column];
        return _bytes.AsSpan(cell.Offset, cell.Length);
    }

    /// <summary>Bytes of a cell.</summary>
    public int LengthAt(int row, int column) => _cells[(row * ColumnCount) + column].Length;

    /// <summary>The bytes of several neighbouring cells of a row, one after the other.</summary>
    public ReadOnlySpan<byte> BytesAt(int row, int firstColumn, int count)
    {
        var first = _cells[(row * ColumnCount) + firstColumn];
        var last = _cells[(row * ColumnCount) + firstColumn + count - 1];
        return _bytes.AsSpan(first.Offset, last.Offset + last.Length - first.Offset);
    }

    public bool IsNull(int row, int column) => KindAt(row, column) == CellKind.Null;

    /// <summary>The 8-byte little-endian value of an Int64, Time, Timestamp or TimestampTz cell.</summary>
    public long Int64At(int row, int column) => BinaryPrimitives.ReadInt64LittleEndian(BytesAt(row, column));

    public double Float64At(int row, int column) => BinaryPrimitives.ReadDoubleLittleEndian(BytesAt(row, column));

    public void AppendNull() => Add(CellKind.Null, 0);

    public void AppendBoolean(bool value) => Add(CellKind.Boolean, 1)[0] = value ? (byte)1 : (byte)0;

    public void AppendInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Add(CellKind.Int64, 8), value);

    public void AppendFloat64(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Add(CellKind.Float64, 8), value);

    public void AppendFloat32(float value) => BinaryPrimitives.WriteSingleLittleEndian(Add(CellKind.Float32, 4), value);

    public void AppendDate(int daysSince2000) => BinaryPrimitives.WriteInt32LittleEndian(Add(CellKind.Date, 4), daysSince2000);

    /// <summary>A Time, Timestamp or TimestampTz cell, in microseconds.</summary>
    public void AppendMicroseconds(CellKind kind, long microseconds) => BinaryPrimitives.WriteInt64LittleEndian(Add(kind, 8), microseconds);

    /// <summary>A cell whose bytes are already in the form of its kind.</summary>
    public void Append(CellKind kind, ReadOnlySpan<byte> bytes) => bytes.CopyTo(Add(kind, bytes.Length));

    /// <summary>Room for a cell of <paramref name="length"/> bytes, to be filled by the caller before the next call.</summary>
    public Span<byte> Add(CellKind kind, int length)
    {
        if (_cellCount == _cells.Length)
        {
            Array.Resize(ref _cells, _cells.Length * 2);
        }

        if (length > _bytes.Length - _byteCount)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)_byteCount + length)));
        }

        _cells[_cellCount++] = new Cell(_byteCount, length, kind);
        var room = _bytes.AsSpan(_byteCount, length);
        _byteCount += length;
        return room;
    }

    /// <summary>Shortens the cell added last to the bytes that were really filled.</summary>
    public void ShrinkLast(int length)
    {
        ref var last = ref CollectionsMarshalAt(_cellCount - 1);
        _byteCount -= last.Length - length;
        last = last with { Length = length };
    }

    /// <summary>Appends a copy of one row of another batch of as many columns.</summary>
    public void AppendRow(RowBatch other, int row)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var column = 0; column < ColumnCount; column++)
        {
            Append(other.KindAt(row, column), other.BytesAt(row, column));
        }
    }

    private ref Cell CollectionsMarshalAt(int index) => ref MemoryMarshal.GetReference(_cells.AsSpan(index, 1));
}
