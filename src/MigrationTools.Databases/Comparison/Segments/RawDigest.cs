using MigrationTools.Databases.Comparison.Canonical;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>Adds rows to a digest column by column: the segments and hashes are those that <see cref="RowMarker"/> gives the same cells. Not thread-safe.</summary>
internal sealed class RawDigest(Segmentation segmentation, int keyCount, ulong seed, SegmentDigest into)
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
        if (columns == keyCount && segmentation is KeyBuckets buckets)
        {
            for (var row = 0; row < rows; row++)
            {
                _segments[row] = buckets.Of(_cells[row].Value);
            }
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
