using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Reads the segments that differ, and compares their rows. Stretches of keys are read group by group, each a bounded number of rows; buckets of the key's hash
/// together, and what does not fit in memory is spooled.
/// </summary>
internal sealed class DifferenceSearch(TableWork work, MethodChoice choice, SegmentScan scan, DifferenceFinder finder)
{
    /// <summary>Rows of a side that are read and compared together.</summary>
    private const long GroupRows = 65_536;

    /// <summary>Keys asked for with one statement.</summary>
    private const int KeysAtOnce = 500;

    /// <summary>Whether what was read now is what was read for the digests: false where a side is no consistent snapshot, or an expression answers differently each time.</summary>
    public bool Settled { get; private set; } = true;

    public async Task RunAsync(List<int> differing, CancellationToken cancellationToken)
    {
        using var source = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        using var target = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        if (choice.Segmentation is not KeyStretches stretches)
        {
            await ReadAsync(differing, null, source, target, cancellationToken).ConfigureAwait(false);
            await FindAsync(source, target, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var group in Group(differing))
        {
            source.Clear();
            target.Clear();
            if (work.Layout.KeyCount == 1 && choice.SourceHasher is IRowHasher sourceHasher && choice.TargetHasher is IRowHasher targetHasher)
            {
                await FindByHashAsync(group, stretches.Join(group, RowsOf, 16384), sourceHasher, targetHasher, source, target, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ReadAsync(group, [.. group.Select(stretches.SpanOf)], source, target, cancellationToken).ConfigureAwait(false);
                await FindAsync(source, target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private long RowsOf(int segment) => Math.Max(scan.Source.RowsOf(segment), scan.Target.RowsOf(segment));

    private IEnumerable<List<int>> Group(List<int> differing)
    {
        var (group, rows) = (new List<int>(), 0L);
        foreach (var segment in differing)
        {
            if (group.Count > 0 && rows + RowsOf(segment) > GroupRows)
            {
                yield return group;
                (group, rows) = ([], 0);
            }

            group.Add(segment);
            rows += RowsOf(segment);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async Task ReadAsync(List<int> segments, IReadOnlyList<KeySpan>? spans, RowSorter source, RowSorter target, CancellationToken cancellationToken)
    {
        var wanted = new bool[choice.Segmentation.Count];
        segments.ForEach(segment => wanted[segment] = true);
        if (choice.Method != ComparisonMethod.Stream && choice.Segmentation is KeyBuckets)
        {
            await ReadNarrowedAsync(segments, source, target, cancellationToken).ConfigureAwait(false);
            return;
        }

        var (sourceReader, targetReader) = (work.SourceReader(), work.TargetReader());
        var (sourceAgain, targetAgain) = (new SegmentDigest(choice.Segmentation.Count), new SegmentDigest(choice.Segmentation.Count));
        await BothSides.RunAsync(
            token => sourceReader.CollectAsync(sourceReader.Within(spans), choice.Segmentation, wanted, source, sourceAgain, token),
            token => targetReader.CollectAsync(targetReader.Within(spans), choice.Segmentation, wanted, target, targetAgain, token),
            cancellationToken).ConfigureAwait(false);
        Settled &= choice.Method == ComparisonMethod.Stream
            ? scan.Source.Agrees(sourceAgain, segments) && scan.Target.Agrees(targetAgain, segments)
            : segments.TrueForAll(segment => scan.Source.RowsOf(segment) == sourceAgain.RowsOf(segment) && scan.Target.RowsOf(segment) == targetAgain.RowsOf(segment));
    }

    /// <summary>The servers know which rows are in their buckets; here all that come are kept.</summary>
    private async Task ReadNarrowedAsync(List<int> segments, RowSorter source, RowSorter target, CancellationToken cancellationToken)
    {
        var all = new KeyBuckets(1);
        var (sourceAgain, targetAgain) = (new SegmentDigest(1), new SegmentDigest(1));
        await BothSides.RunAsync(
            token => work.SourceReader().CollectAsync(((IRowHasher)choice.SourceHasher!).Narrow(work.SourceQuery, segments), all, [true], source, sourceAgain, token),
            token => work.TargetReader().CollectAsync(((IRowHasher)choice.TargetHasher!).Narrow(work.TargetQuery, segments), all, [true], target, targetAgain, token),
            cancellationToken).ConfigureAwait(false);
        Settled &= sourceAgain.Rows == segments.Sum(scan.Source.RowsOf) && targetAgain.Rows == segments.Sum(scan.Target.RowsOf);
    }

    private async Task FindAsync(RowSorter source, RowSorter target, CancellationToken cancellationToken) =>
        await Task.Run(() => finder.Find(source.Finish(), target.Finish(), cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>The servers give each row's hash; only rows whose hashes differ are read, and of these only those that somebody looks at.</summary>
    private async Task FindByHashAsync(
        List<int> segments, IReadOnlyList<KeySpan> spans, IRowHasher sourceHasher, IRowHasher targetHasher, RowSorter source, RowSorter target, CancellationToken cancellationToken)
    {
        var (left, right) = (new List<HashedKey>(), new List<HashedKey>());
        await BothSides.RunAsync(token => sourceHasher.ReadAsync(spans, left, token), token => targetHasher.ReadAsync(spans, right, token), cancellationToken).ConfigureAwait(false);
        var keys = HashedKeys.Compare(left, right);
        if (keys.HasDuplicates)
        {
            await ReadAsync(segments, spans, source, target, cancellationToken).ConfigureAwait(false);
            await FindAsync(source, target, cancellationToken).ConfigureAwait(false);
            return;
        }

        var next = 0;
        while (next < keys.Differing.Count && finder.WantsRows)
        {
            var some = keys.Differing.GetRange(next, Math.Min(KeysAtOnce, keys.Differing.Count - next));
            await ReadKeysAsync([.. some.Select(item => item.Key)], source, target, cancellationToken).ConfigureAwait(false);
            next += some.Count;
        }

        var uncounted = keys.Differing.Skip(next).ToLookup(item => item.Kind);
        finder.Count(uncounted[DifferenceKind.Missing].Count(), uncounted[DifferenceKind.Extra].Count(), uncounted[DifferenceKind.Changed].Count());
    }

    private async Task ReadKeysAsync(List<long> keys, RowSorter source, RowSorter target, CancellationToken cancellationToken)
    {
        source.Clear();
        target.Clear();
        KeyList List(RowQuery query)
        {
            var batch = new RowBatch(1);
            keys.ForEach(batch.AppendInt64);
            return new KeyList([query.Columns[0].Name], batch);
        }

        var before = finder.Listable + finder.Tolerated;
        await BothSides.RunAsync(
            token => work.SourceReader().CollectAsync(List(work.SourceQuery), source, token),
            token => work.TargetReader().CollectAsync(List(work.TargetQuery), target, token),
            cancellationToken).ConfigureAwait(false);
        await FindAsync(source, target, cancellationToken).ConfigureAwait(false);

        // Each key's hashes differed, so must its rows.
        Settled &= finder.Listable + finder.Tolerated - before == keys.Count;
    }
}
