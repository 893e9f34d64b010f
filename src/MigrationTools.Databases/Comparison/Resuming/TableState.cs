using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>What a state file knows of a table. Thread-safe.</summary>
internal sealed class TableState(ComparisonState state, string table)
{
    private readonly Dictionary<int, long> _equal = [];
    private readonly object _lock = new();
    private HashSet<int> _drawn = [];

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

    /// <summary>Takes a line of the file in.</summary>
    /// <exception cref="FormatException">No comparison writes such a line.</exception>
    /// <exception cref="OverflowException">It counts more rows than there can be.</exception>
    internal void Read(StateLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        At = line.At;
        if (line.Passed is { } passed)
        {
            Passed = IsOfThisTable(passed) ? passed : throw new FormatException("its result is none of a table that passed.");
        }

        if (line.Ends is { } ends)
        {
            Require(ends.Zip(ends.Skip(1)).All(pair => pair.First < pair.Second) && !ends.Contains(long.MaxValue), "its stretches are not in order.");
            (Ends, Drawn, KnownRows) = (ends, null, 0);
            _equal.Clear();
        }

        if (line.Drawn is { } drawn)
        {
            _drawn = [.. drawn];
            Require(drawn.All(segment => IsSegment(segment)) && _drawn.Count == drawn.Count && _equal.Count == 0, "its sample is none of the stretches of the table.");
            Drawn = drawn;
        }

        foreach (var segment in line.Equal ?? [])
        {
            Require(segment is [var number, >= 0] && IsSegment(number) && (Drawn is null || _drawn.Contains((int)number)), "it tells of a stretch that the table does not have.");
            if (_equal.TryAdd((int)segment![0], segment[1]))
            {
                KnownRows = checked(KnownRows + segment[1]);
            }
        }
    }

    private bool IsSegment(long number) => Ends is { } ends && number >= 0 && number <= ends.Count;

    private bool IsOfThisTable(TableComparison passed) =>
        passed is { Verdict: Verdict.Passed, Missing: 0, Extra: 0, Changed: 0, SourceRows: >= 0, Differences.Count: 0, Notes: not null }
        && passed.SourceRows == passed.TargetRows && table == $"{passed.Source} > {passed.Target}";

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
