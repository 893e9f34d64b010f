using System.Globalization;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Looks at rows that differed again and again, by their keys and in new snapshots: on tables that are written to, one side is a little ahead of the other. A row settles
/// when its sides agree; it persists when neither side has changed for a third of the time allowed; what still changes when time is over is told as such.
/// </summary>
internal sealed class DifferenceSettler(TableWork work, IDatabase source, IDatabase target, TimeProvider time)
{
    /// <summary>More than this is no lag of one side behind the other.</summary>
    public const int MostKeys = 100_000;

    private const int KeysAtOnce = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Pending> _pending = [];
    private readonly List<RowDifference> _persisting = [];
    private long _settled;

    /// <summary>The rows that stayed different.</summary>
    public IReadOnlyList<RowDifference> Persisting => _persisting;

    /// <summary>Rows that still changed when the time was over.</summary>
    public int Moving => _pending.Count;

    public async Task RunAsync(IEnumerable<RowDifference> differences, CancellationToken cancellationToken)
    {
        var limit = work.Options.Settle!.Value;
        var quiet = limit / 3;
        var began = time.GetTimestamp();
        foreach (var difference in differences)
        {
            _pending[Convert.ToHexString(difference.CanonicalKey)] = new Pending(difference, began);
        }

        var pause = FirstPause;
        while (_pending.Count > 0 && time.GetElapsedTime(began) < limit)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            await LookAsync(quiet, cancellationToken).ConfigureAwait(false);
        }
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"rows that differed at first were looked at again: {_settled:N0} came to agree, {_persisting.Count:N0} stayed as they were, {_pending.Count:N0} still changed when the time was over");

    private async Task LookAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var left = await source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeLeft = left.ConfigureAwait(false);
        var right = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeRight = right.ConfigureAwait(false);
        var still = await FindAsync(left, right, _pending.Values, cancellationToken).ConfigureAwait(false);

        // No row of a key may mean that both sides have lost it, or that a server does not find it by what it gave out as its key: whether it does, the first look's
        // snapshots tell, in which there was one.
        var gone = _pending.Where(item => !still.ContainsKey(item.Key)).Select(item => item.Value).ToList();
        var found = await FindAsync(work.Source, work.Target, gone, cancellationToken).ConfigureAwait(false);
        Judge(still, found, quiet);
    }

    /// <summary>Those of some rows that differ, by their keys.</summary>
    private async Task<Dictionary<string, RowDifference>> FindAsync(IDatabaseSnapshot left, IDatabaseSnapshot right, IReadOnlyCollection<Pending> rows, CancellationToken cancellationToken)
    {
        using var sourceRows = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        using var targetRows = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        foreach (var some in rows.Chunk(KeysAtOnce))
        {
            await BothSides.RunAsync(
                token => new SideReader(left, work.SourceQuery, () => work.Layout.SourceEncoder(work.Seed), work.Tally, work.Layout.KeyCount, work.Seed, raw: false).CollectAsync(Keys(work.SourceQuery, some, pending => pending.Difference.SourceKey ?? pending.Difference.TargetKey!), sourceRows, token),
                token => new SideReader(right, work.TargetQuery, () => work.Layout.TargetEncoder(work.Seed), work.Tally, work.Layout.KeyCount, work.Seed, raw: false).CollectAsync(Keys(work.TargetQuery, some, pending => pending.Difference.TargetKey ?? pending.Difference.SourceKey!), targetRows, token),
                cancellationToken).ConfigureAwait(false);
        }

        var differing = new Dictionary<string, RowDifference>();
        var finder = new DifferenceFinder(work.Layout.Columns, work.Layout.KeyCount, work.Options, difference => differing[Convert.ToHexString(difference.CanonicalKey)] = difference);
        finder.Find(sourceRows.Finish(), targetRows.Finish(), cancellationToken);
        return differing;
    }

    private void Judge(Dictionary<string, RowDifference> still, Dictionary<string, RowDifference> found, TimeSpan quiet)
    {
        var now = time.GetTimestamp();
        foreach (var (key, pending) in _pending.ToList())
        {
            if (!still.TryGetValue(key, out var difference))
            {
                _ = _pending.Remove(key);
                if (found.ContainsKey(key))
                {
                    _settled++;
                }
                else
                {
                    _persisting.Add(pending.Difference);
                }
            }
            else if (difference.Fingerprint != pending.Difference.Fingerprint)
            {
                _pending[key] = new Pending(difference, now);
            }
            else if (time.GetElapsedTime(pending.Since, now) >= quiet)
            {
                _ = _pending.Remove(key);
                _persisting.Add(difference);
            }
        }
    }

    private KeyList Keys(RowQuery query, IEnumerable<Pending> some, Func<Pending, KeyCells> keyOf)
    {
        var keys = new RowBatch(work.Layout.KeyCount);
        foreach (var pending in some)
        {
            keyOf(pending).AppendTo(keys);
        }

        return new KeyList([.. query.Columns.Take(work.Layout.KeyCount).Select(column => column.Name)], keys);
    }

    /// <summary>A difference as it was seen last, and since when (a timestamp of the clock) it has been so.</summary>
    private sealed record Pending(RowDifference Difference, long Since);
}
