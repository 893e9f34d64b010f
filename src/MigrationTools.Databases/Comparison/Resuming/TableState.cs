using MigrationTools.Databases.Comparison.Segments;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>What a state file knows of a table. Thread-safe.</summary>
internal sealed class TableState(ComparisonState state, string table)
{
    private readonly Dictionary<int, long> _equal = [];
    private readonly object _lock = new();

    /// <summary>The result of a table that passed; null where it did not.</summary>
    public TableComparison? Passed { get; private set; }

    /// <summary>When that, or the last stretch, was noted.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How the table was divided; null where nothing is noted.</summary>
    public IReadOnlyList<long>? Ends { get; private set; }

    /// <summary>Rows of each side in the stretches that are known to be equal.</summary>
    public long KnownRows { get; private set; }

    public bool IsEqual(int segment)
    {
        lock (_lock)
        {
            return _equal.ContainsKey(segment);
        }
    }

    /// <summary>Keeps to a division from now on.</summary>
    public async Task DivideAsync(KeyStretches stretches, CancellationToken cancellationToken)
    {
        if (Ends is null || !Ends.SequenceEqual(stretches.Ends))
        {
            await state.WriteAsync(new StateLine { Table = table, Ends = stretches.Ends }, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                (Ends, KnownRows) = (stretches.Ends, 0);
                _equal.Clear();
            }
        }
    }

    public Task NoteAsync(IEnumerable<(int Segment, long Rows)> equal, CancellationToken cancellationToken) =>
        state.WriteAsync(new StateLine { Table = table, Equal = [.. equal.Select(item => new[] { item.Segment, item.Rows })] }, cancellationToken);

    public Task NoteAsync(TableComparison passed, CancellationToken cancellationToken) => state.WriteAsync(new StateLine { Table = table, Passed = passed }, cancellationToken);

    internal void Read(StateLine line)
    {
        At = line.At;
        Passed = line.Passed ?? Passed;
        if (line.Ends is { } ends)
        {
            (Ends, KnownRows) = (ends, 0);
            _equal.Clear();
        }

        foreach (var segment in line.Equal ?? [])
        {
            if (_equal.TryAdd((int)segment[0], segment[1]))
            {
                KnownRows += segment[1];
            }
        }
    }
}
