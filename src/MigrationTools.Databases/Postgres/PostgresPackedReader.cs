using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Takes the rows of a <see cref="PostgresPacking"/> apart again, or hashes them as they are; passes over packs that are not whole.</summary>
internal sealed class PostgresPackedReader : IDigestingReader
{
    private const int MaxRows = 512;
    private const int MaxBytes = 1024 * 1024;
    private const ulong LengthMask = (1UL << PostgresPackedColumn.LengthBits) - 1;

    private readonly PostgresRowReader _packs;
    private readonly PostgresPackedColumn[] _columns;
    private readonly string _doing;
    private readonly RowBatch _batch;
    private readonly int[] _fieldOf;
    private readonly int[] _wordOf;
    private readonly int[] _shiftOf;
    private readonly int[] _position;
    private readonly int _mostRows;
    private readonly HashSet<int> _whole = [];
    private int _pack;
    private long _row;
    private long _rows;

    public PostgresPackedReader(PostgresRowReader packs, PostgresPacking packing, string doing)
    {
        _packs = packs;
        _doing = doing;
        _mostRows = packing.MostRows ?? int.MaxValue;
        _batch = new RowBatch(packing.FieldCount);
        _columns = [.. packing.Columns];
        _wordOf = [.. packing.Places.Select(place => place.Word < 0 ? -1 : 1 + place.Word)];
        _shiftOf = [.. packing.Places.Select(place => place.Shift)];
        (_fieldOf, _position) = (new int[_columns.Length], new int[_columns.Length]);
        var field = 1 + packing.WordCount;
        for (var column = 0; column < _columns.Length; column++)
        {
            _fieldOf[column] = _columns[column].HasField ? field++ : -1;
        }
    }

    /// <summary>Cells of a row.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>Places of the spans whose rows were all given out.</summary>
    public IReadOnlySet<int> Whole => _whole;

    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        while (batch.RowCount < MaxRows && batch.ByteCount < MaxBytes)
        {
            if (_row < _rows)
            {
                Unpack(batch);
                continue;
            }

            if (batch.RowCount > 0)
            {
                return true;
            }

            if (!await NextPackAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    public async ValueTask<long> DigestAsync(CellDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        while (await NextPackAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_rows > 0)
            {
                Digest(into);
                return _rows;
            }
        }

        return 0;
    }

    public ValueTask DisposeAsync() => _packs.DisposeAsync();

    private async ValueTask<bool> NextPackAsync(CancellationToken cancellationToken)
    {
        PostgresPack next;
        do
        {
            _pack++;
            if (_pack >= _batch.RowCount)
            {
                _pack = 0;
                if (!await _packs.ReadAsync(_batch, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            next = PostgresPack.Of(_batch.Int64At(_pack, 0));
        }
        while (next.Rows > _mostRows);

        Array.Clear(_position);
        (_row, _rows) = (0, next.Rows);
        _ = _whole.Add(next.Place);
        return true;
    }

    private void Unpack(RowBatch into)
    {
        for (; _row < _rows && into.RowCount < MaxRows && into.ByteCount < MaxBytes; _row++)
        {
            for (var column = 0; column < _columns.Length; column++)
            {
                Append(into, column);
            }
        }

        if (_row == _rows)
        {
            CheckSpent();
        }
    }

    private void Append(RowBatch into, int column)
    {
        var packed = _columns[column];
        var bits = _wordOf[column] < 0 ? 0 : Bits(Words(column), 0, _shiftOf[column]);
        if (IsNull(packed, bits))
        {
            into.AppendNull();
        }
        else if (packed.Wire == PostgresWire.Bool)
        {
            into.AppendBoolean((bits & 1) != 0);
        }
        else
        {
            var rest = Values(column);
            var length = LengthOf(packed, bits, rest);
            _position[column] += length;
            PostgresCellDecoder.Append(into, packed.Wire, rest[..length]);
        }
    }

    private void Digest(CellDigest into)
    {
        for (; _row < _rows; _row += Math.Min(_rows - _row, CellDigest.MaxRows))
        {
            var rows = (int)Math.Min(_rows - _row, CellDigest.MaxRows);
            if (into.WantsKeys)
            {
                ReadKeys(into.Keys(rows));
            }

            var hashes = into.Begin(rows);
            for (var column = 0; column < _columns.Length; column++)
            {
                Hash(column, into, hashes);
                into.EndColumn(rows, column + 1);
            }

            into.End(rows);
        }

        CheckSpent();
    }

    private void ReadKeys(Span<long> keys)
    {
        var packed = _columns[0];
        if (packed.Kind != CellKind.Int64 || packed.Nullable)
        {
            throw new StrayKeyException();
        }

        var values = Values(0);
        for (var row = 0; row < keys.Length; row++)
        {
            keys[row] = (long)Number(packed.Wire, values[(row * packed.Length)..]);
        }
    }

    private void Hash(int column, CellDigest into, Span<CellHash> hashes)
    {
        var packed = _columns[column];
        var words = Words(column);
        if (into.FieldOf(column, packed.Kind) is { } field)
        {
            _position[column] += HashFields(packed, words, _shiftOf[column], packed.HasField ? Values(column) : default, field, hashes);
        }
        else if (packed.Wire == PostgresWire.Bool)
        {
            HashTruths(packed, words, _shiftOf[column], hashes);
        }
        else
        {
            _position[column] += packed.Length is > 0 and <= 8
                ? HashNumbers(packed, words, _shiftOf[column], Values(column), hashes)
                : HashBytes(packed, words, _shiftOf[column], Values(column), hashes);
        }
    }

    private static void HashTruths(PostgresPackedColumn packed, ReadOnlySpan<byte> words, int shift, Span<CellHash> hashes)
    {
        var mark = CellHash.Mark(CellKind.Boolean, 1);
        for (var row = 0; row < hashes.Length; row++)
        {
            var bits = Bits(words, row, shift);
            if (IsNull(packed, bits))
            {
                hashes[row].AddNull();
            }
            else
            {
                hashes[row].Add(bits & 1, mark);
            }
        }
    }

    private static int HashNumbers(PostgresPackedColumn packed, ReadOnlySpan<byte> words, int shift, ReadOnlySpan<byte> values, Span<CellHash> hashes)
    {
        var mark = CellHash.Mark(packed.Kind, packed.Kind == CellKind.Int64 ? sizeof(long) : packed.Length);
        var position = 0;
        for (var row = 0; row < hashes.Length; row++)
        {
            if (packed.Nullable && IsNull(packed, Bits(words, row, shift)))
            {
                hashes[row].AddNull();
            }
            else
            {
                hashes[row].Add(Number(packed.Wire, values[position..]), mark);
                position += packed.Length;
            }
        }

        return position;
    }

    private static int HashBytes(PostgresPackedColumn packed, ReadOnlySpan<byte> words, int shift, ReadOnlySpan<byte> values, Span<CellHash> hashes)
    {
        Span<byte> interval = stackalloc byte[16];
        var position = 0;
        for (var row = 0; row < hashes.Length; row++)
        {
            var bits = words.IsEmpty ? 0 : Bits(words, row, shift);
            if (IsNull(packed, bits))
            {
                hashes[row].AddNull();
                continue;
            }

            var rest = values[position..];
            var value = rest[..LengthOf(packed, bits, rest)];
            position += value.Length;
            if (packed.Wire == PostgresWire.Interval)
            {
                PostgresCellDecoder.WriteInterval(interval, value);
                hashes[row].Add(packed.Kind, interval);
            }
            else
            {
                hashes[row].Add(packed.Kind, value);
            }
        }

        return position;
    }

    /// <summary>Values that have to be brought into canonical form, each from the bytes that its cell would have.</summary>
    private static int HashFields(PostgresPackedColumn packed, ReadOnlySpan<byte> words, int shift, ReadOnlySpan<byte> values, FieldEncoder field, Span<CellHash> hashes)
    {
        Span<byte> room = stackalloc byte[16];
        var position = 0;
        for (var row = 0; row < hashes.Length; row++)
        {
            var bits = words.IsEmpty ? 0 : Bits(words, row, shift);
            if (IsNull(packed, bits))
            {
                field.Hash(CellKind.Null, default, ref hashes[row]);
                continue;
            }

            if (packed.Wire == PostgresWire.Bool)
            {
                room[0] = (byte)(bits & 1);
                field.Hash(CellKind.Boolean, room[..1], ref hashes[row]);
                continue;
            }

            var rest = values[position..];
            var value = rest[..LengthOf(packed, bits, rest)];
            position += value.Length;
            field.Hash(packed.Kind, CellOf(packed, value, room), ref hashes[row]);
        }

        return position;
    }

    private static ReadOnlySpan<byte> CellOf(PostgresPackedColumn packed, ReadOnlySpan<byte> value, Span<byte> room)
    {
        if (packed.Wire == PostgresWire.Interval)
        {
            PostgresCellDecoder.WriteInterval(room, value);
            return room;
        }

        if (packed.Length is not (> 0 and <= 8))
        {
            return value;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(room, Number(packed.Wire, value));
        return room[..(packed.Kind == CellKind.Int64 ? sizeof(long) : packed.Length)];
    }

    /// <summary>A value of up to 8 bytes as its cell has it, the first byte the lowest.</summary>
    private static ulong Number(PostgresWire wire, ReadOnlySpan<byte> value) => wire switch
    {
        PostgresWire.Int2 => (ulong)(long)BinaryPrimitives.ReadInt16BigEndian(value),
        PostgresWire.Int4 => (ulong)(long)BinaryPrimitives.ReadInt32BigEndian(value),
        PostgresWire.Float4 or PostgresWire.Date => BinaryPrimitives.ReadUInt32BigEndian(value),
        _ => BinaryPrimitives.ReadUInt64BigEndian(value),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ReadOnlySpan<byte> words, int row, int shift) => BinaryPrimitives.ReadUInt64BigEndian(words[(row * sizeof(ulong))..]) >> shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNull(PostgresPackedColumn packed, ulong bits) =>
        packed.Nullable && (packed.HasLengths ? (bits & LengthMask) == 0 : (packed.Wire == PostgresWire.Bool ? bits & 2 : bits & 1) != 0);

    // Numeric: the number of digits, then weight, sign and scale, then the digits (numeric_send).
    private static int LengthOf(PostgresPackedColumn packed, ulong bits, ReadOnlySpan<byte> rest) =>
        packed.Length > 0 ? packed.Length
        : packed.HasLengths ? (int)(bits & LengthMask) - 1
        : 8 + (2 * BinaryPrimitives.ReadUInt16BigEndian(rest));

    private ReadOnlySpan<byte> Words(int column) => _wordOf[column] < 0 ? default : _batch.BytesAt(_pack, _wordOf[column])[(int)(_row * sizeof(ulong))..];

    private ReadOnlySpan<byte> Values(int column) => _batch.BytesAt(_pack, _fieldOf[column])[_position[column]..];

    // Every byte belongs to a value: otherwise something was taken for something else.
    private void CheckSpent()
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            if (_columns[column].HasField && _position[column] != _batch.BytesAt(_pack, _fieldOf[column]).Length)
            {
                throw new DatabaseException(ErrorIds.DatabaseError, $"{_doing}: the values of a column do not end where its last row does. This is a fault of this tool: report it.");
            }
        }
    }
}
