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

    /// <summary>Which of its stretches make up the sample; null where none was drawn.</summary>
    public IReadOnlyList<int>? Drawn { get; private set; }

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
                (Ends, Drawn, KnownRows) = (stretches.Ends, null, 0);
                _equal.Clear();
            }
        }
    }

    /// <summary>Keeps to a sample from now on: drawn anew, it could leave out what the first one found to differ.</summary>
    public async Task DrawAsync(IReadOnlyList<int> drawn, CancellationToken cancellationToken)
    {
        await state.WriteAsync(new StateLine { Table = table, Drawn = drawn }, cancellationToken).ConfigureAwait(false);
        Drawn = drawn;
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
            (Ends, Drawn, KnownRows) = (ends, null, 0);
            _equal.Clear();
        }

        Drawn = line.Drawn ?? Drawn;

        foreach (var segment in line.Equal ?? [])
        {
            if (_equal.TryAdd((int)segment[0], segment[1]))
            {
                KnownRows += segment[1];
            }
        }
    }
}
