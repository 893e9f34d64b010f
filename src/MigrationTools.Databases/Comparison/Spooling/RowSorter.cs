namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>
/// Puts any number of rows in order within a bound of memory: what does not fit is sorted in parts, spooled to one file and
/// merged. Not thread-safe.
/// </summary>
/// <param name="memoryBytes">Rows held in memory at once; a single larger row is held all the same.</param>
/// <param name="directory">Of the spool file; null for the system's temporary one. Nothing is created until something must be spooled.</param>
internal sealed class RowSorter(long memoryBytes, string? directory) : IDisposable
{
    /// <summary>Runs merged at once: each needs a buffer.</summary>
    private const int MaxFanIn = 64;

    private const int MinBuffer = 4 * 1024;
    private const int MaxBuffer = 128 * 1024;

    private readonly RowArena _arena = new();
    private readonly List<List<SortedRun>> _levels = [];
    private SpoolFile? _file;

    /// <summary>Bytes spooled, merges included; 0 where all fitted in memory.</summary>
    public long SpooledBytes => _file?.Length ?? 0;

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its canonical form.</param>
    /// <param name="keyLength">How many of its bytes, from the first, are the key.</param>
    /// <param name="tail">Kept with it, and of no weight in the order.</param>
    public void Add(ReadOnlySpan<byte> row, int keyLength, ReadOnlySpan<byte> tail = default)
    {
        if (_arena.Count > 0 && _arena.Size + RowArena.SizeOf(row.Length + tail.Length) > memoryBytes)
        {
            Spill();
        }

        _arena.Add(row, keyLength, tail);
    }

    /// <summary>All rows in order. Nothing can be added after.</summary>
    public ISortedRows Finish()
    {
        if (_levels.Count == 0)
        {
            _arena.Sort();
            return _arena;
        }

        if (_arena.Count > 0)
        {
            Spill();
        }

        // Levels below the last have fewer runs than the fan-in; they are merged upwards until few enough are left.
        var runs = _levels.SelectMany(level => level).ToList();
        while (runs.Count > MaxFanIn)
        {
            var merged = Merge(runs.Take(MaxFanIn).ToList());
            runs.RemoveRange(0, MaxFanIn);
            runs.Add(merged);
        }

        return Open(runs);
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        _arena.Clear();
        _levels.Clear();
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => _file?.Dispose();

    private void Spill()
    {
        _file ??= new SpoolFile(directory);
        _arena.Sort();
        Add(Write(_arena), 0);
        _arena.Clear();
    }

    private void Add(SortedRun run, int level)
    {
        while (_levels.Count <= level)
        {
            _levels.Add([]);
        }

        var runs = _levels[level];
        runs.Add(run);
        if (runs.Count == MaxFanIn)
        {
            var merged = Merge(runs);
            runs.Clear();
            Add(merged, level + 1);
        }
    }

    private SortedRun Merge(IReadOnlyList<SortedRun> runs) => Write(Open(runs));

    private SortedRun Write(ISortedRows rows)
    {
        var writer = new RunWriter(_file!);
        while (rows.Read())
        {
            writer.Write(rows.Row, rows.KeyLength, rows.Tail);
        }

        return writer.Complete();
    }

    private MergedRows Open(IReadOnlyList<SortedRun> runs)
    {
        var buffer = (int)Math.Clamp(memoryBytes / runs.Count, MinBuffer, MaxBuffer);
        return new MergedRows(runs.Select(run => new RunCursor(_file!, run, buffer)));
    }
}
