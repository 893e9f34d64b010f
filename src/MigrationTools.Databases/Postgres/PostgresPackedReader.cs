using System.Buffers.Binary;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Takes the rows of a <see cref="PostgresPacking"/> apart again.</summary>
internal sealed class PostgresPackedReader : IRowReader
{
    private const int MaxRows = 512;
    private const int MaxBytes = 1024 * 1024;

    private readonly PostgresRowReader _packs;
    private readonly PostgresPacking _packing;
    private readonly string _doing;
    private readonly RowBatch _batch;
    private readonly int[] _fieldOf;
    private readonly int[] _maskOf;
    private readonly int[] _maskBit;
    private readonly int[] _position;
    private readonly int[] _value;
    private int _pack;
    private long _row;
    private long _rows;

    public PostgresPackedReader(PostgresRowReader packs, PostgresPacking packing, string doing)
    {
        _packs = packs;
        _packing = packing;
        _doing = doing;
        _batch = new RowBatch(packing.FieldCount);
        var count = packing.Columns.Count;
        (_fieldOf, _maskOf, _maskBit, _position, _value) = (new int[count], new int[count], new int[count], new int[count], new int[count]);
        var (field, nullable) = (1 + packing.MaskCount, 0);
        for (var column = 0; column < count; column++)
        {
            _fieldOf[column] = field;
            field += packing.Columns[column].HasLengths ? 2 : 1;
            _maskOf[column] = -1;
            if (packing.Columns[column].Nullable)
            {
                (_maskOf[column], _maskBit[column]) = (1 + (nullable / PostgresPacking.ColumnsOfMask), 1 << (nullable % PostgresPacking.ColumnsOfMask));
                nullable++;
            }
        }
    }

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

    public ValueTask DisposeAsync() => _packs.DisposeAsync();

    private async ValueTask<bool> NextPackAsync(CancellationToken cancellationToken)
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

        Array.Clear(_position);
        Array.Clear(_value);
        (_row, _rows) = (0, _batch.Int64At(_pack, 0));
        return true;
    }

    private void Unpack(RowBatch into)
    {
        for (; _row < _rows && into.RowCount < MaxRows && into.ByteCount < MaxBytes; _row++)
        {
            for (var column = 0; column < _fieldOf.Length; column++)
            {
                if (_maskOf[column] >= 0 && (BinaryPrimitives.ReadInt32BigEndian(_batch.BytesAt(_pack, _maskOf[column])[(int)(_row * 4)..]) & _maskBit[column]) != 0)
                {
                    into.AppendNull();
                }
                else
                {
                    AppendValue(into, column);
                }
            }
        }

        if (_row == _rows)
        {
            CheckSpent();
        }
    }

    private void AppendValue(RowBatch into, int column)
    {
        var packed = _packing.Columns[column];
        var field = _fieldOf[column];
        var length = packed.Length;
        if (packed.HasLengths)
        {
            length = BinaryPrimitives.ReadInt32BigEndian(_batch.BytesAt(_pack, field)[(_value[column]++ * 4)..]);
            field++;
        }

        var rest = _batch.BytesAt(_pack, field)[_position[column]..];
        if (packed.Wire == PostgresWire.Numeric)
        {
            // The number of digits, then weight, sign and scale, then the digits (numeric_send).
            length = 8 + (2 * BinaryPrimitives.ReadInt16BigEndian(rest));
        }

        _position[column] += length;
        PostgresCellDecoder.Append(into, packed.Wire, rest[..length]);
    }

    // Every byte belongs to a value: otherwise something was taken for something else.
    private void CheckSpent()
    {
        for (var column = 0; column < _fieldOf.Length; column++)
        {
            var field = _fieldOf[column] + (_packing.Columns[column].HasLengths ? 1 : 0);
            if (_position[column] != _batch.BytesAt(_pack, field).Length)
            {
                throw new DatabaseException(ErrorIds.DatabaseError, $"{_doing}: the values of a column do not end where its last row does. This is a fault of this tool: report it.");
            }
        }
    }
}
