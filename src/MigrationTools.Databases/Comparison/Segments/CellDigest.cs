using System.Buffers.Binary;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>Adds rows to a digest cell by cell, in whatever order they lie: the segments and hashes are those that <see cref="RowMarker"/> gives the same cells. Not thread-safe.</summary>
/// <param name="segmentation">Tells a row's segment.</param>
/// <param name="keyCount">How many columns, from the first, are the key.</param>
/// <param name="seed">Of all hashes.</param>
/// <param name="fields">What brings the cells of each column into canonical form; null where they are hashed as they come.</param>
/// <param name="into">Takes the rows.</param>
internal sealed class CellDigest(Segmentation segmentation, int keyCount, ulong seed, FieldEncoder[]? fields, SegmentDigest into)
{
    /// <summary>Rows at a time: few enough that their hashes stay in the processor's cache.</summary>
    public const int MaxRows = 1024;

    private readonly CellHash[] _cells = new CellHash[MaxRows];
    private readonly int[] _segments = new int[MaxRows];
    private readonly long[] _keys = new long[MaxRows];
    private long _first;
    private ulong _width;
    private int _segment = -1;

    /// <summary>The segments are stretches: the first column's values are wanted, and are whole numbers.</summary>
    public bool WantsKeys => segmentation is KeyStretches;

    /// <summary>What brings cells of a column into canonical form; null where cells of this kind are hashed as they come.</summary>
    public FieldEncoder? FieldOf(int column, CellKind kind) => fields is null || fields[column].IsPlain(kind) ? null : fields[column];

    /// <summary>Adds rows that come as such.</summary>
    public void Add(RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var first = 0; first < batch.RowCount; first += MaxRows)
        {
            var rows = Math.Min(MaxRows, batch.RowCount - first);
            for (var row = 0; row < rows && WantsKeys; row++)
            {
                _keys[row] = KeyOf(batch.KindAt(first + row, 0), batch.BytesAt(first + row, 0));
            }

            var hashes = Begin(rows);
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                for (var row = 0; row < rows; row++)
                {
                    Add(column, batch.KindAt(first + row, column), batch.BytesAt(first + row, column), ref hashes[row]);
                }

                EndColumn(rows, column + 1);
            }

            End(rows);
        }
    }

    /// <summary>Adds a cell of a column to a row's hash.</summary>
    public void Add(int column, CellKind kind, ReadOnlySpan<byte> bytes, ref CellHash into)
    {
        if (FieldOf(column, kind) is { } field)
        {
            field.Hash(kind, bytes, ref into);
        }
        else
        {
            into.Add(kind, bytes);
        }
    }

    /// <summary>The value of a cell of the first column.</summary>
    /// <exception cref="StrayKeyException">It is no whole number.</exception>
    public long KeyOf(CellKind kind, ReadOnlySpan<byte> bytes) =>
        fields is null && kind == CellKind.Int64 ? BinaryPrimitives.ReadInt64LittleEndian(bytes)
        : fields is not null && fields[0].TryWholeNumber(kind, bytes, out var number) ? number
        : throw new StrayKeyException();

    /// <summary>Room for the first column's values.</summary>
    public Span<long> Keys(int rows) => _keys.AsSpan(0, rows);

    /// <summary>Hashes of rows without any cell.</summary>
    public Span<CellHash> Begin(int rows)
    {
        var cells = _cells.AsSpan(0, rows);
        cells.Fill(new CellHash(seed));
        return cells;
    }

    /// <summary>Told after each column that all rows have its cell now.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many cells each has.</param>
    public void EndColumn(int rows, int columns)
    {
        for (var row = 0; row < rows && columns == keyCount; row++)
        {
            EndCell(row, columns);
        }
    }

    /// <summary>Whether <see cref="EndCell"/> wants to be told.</summary>
    public bool WantsCells => segmentation is KeyBuckets && keyCount > 0;

    /// <summary>Told after each cell of a row that comes alone, where that is wanted.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="columns">How many cells it has.</param>
    public void EndCell(int row, int columns)
    {
        if (columns == keyCount && segmentation is KeyBuckets buckets)
        {
            _segments[row] = buckets.Of(_cells[row].Value);
        }
    }

    /// <summary>Adds the rows, which have all their cells.</summary>
    public void End(int rows)
    {
        if (segmentation is KeyStretches stretches)
        {
            AddStretches(stretches, rows);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            var hash = _cells[row].Value;
            into.Add(keyCount == 0 ? ((KeyBuckets)segmentation).Of(hash) : _segments[row], hash);
        }
    }

    // Rows mostly come in about the order of their keys: as long as they are of one segment, neither is that looked for nor the digest touched.
    private void AddStretches(KeyStretches stretches, int rows)
    {
        var (sum, count) = (UInt128.Zero, 0);
        for (var row = 0; row < rows; row++)
        {
            var key = _keys[row];
            if (_segment < 0 || (ulong)(key - _first) > _width)
            {
                Flush();
                _segment = stretches.Of(key);
                var span = stretches.SpanOf(_segment);
                _first = span.After is { } after ? after + 1 : long.MinValue;
                _width = (ulong)((span.UpTo ?? long.MaxValue) - _first);
            }

            sum += _cells[row].Value;
            count++;
        }

        Flush();

        void Flush()
        {
            if (count > 0)
            {
                into.Add(_segment, count, sum);
                (sum, count) = (UInt128.Zero, 0);
            }
        }
    }
}
