using MigrationTools.Databases.Comparison.Matching;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Reads the segments that differ, and compares their rows. Stretches of keys are read group by group, each a bounded number of rows; buckets of the key's hash
/// together, and what does not fit in memory is spooled.
/// </summary>
internal sealed class DifferenceSearch(TableWork work, MethodChoice choice, SegmentScan scan, DifferenceFinder finder)
{
    /// <summary>Whether what was read now is what was read for the digests: false where a side is no consistent snapshot, or an expression answers differently each time.</summary>
    public bool Settled { get; private set; } = true;

    /// <summary>Rows of the source in the stretches that were searched; 0 for buckets.</summary>
    public long SourceRows { get; private set; }

    /// <inheritdoc cref="SourceRows"/>
    public long TargetRows { get; private set; }

    public async Task RunAsync(List<int> differing, CancellationToken cancellationToken)
    {
        if (choice.Segmentation is KeyStretches stretches)
        {
            using var search = new StretchSearch(work, choice, stretches, scan, finder);
            await search.RunAsync(differing, cancellationToken).ConfigureAwait(false);
            (Settled, SourceRows, TargetRows) = (search.Settled, search.SourceRows, search.TargetRows);
            return;
        }

        using var source = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        using var target = new RowSorter(work.Options.MemoryBytes / 2, work.Options.SpoolDirectory);
        await (choice.Method == ComparisonMethod.Stream
            ? ReadAsync(differing, source, target, cancellationToken)
            : ReadNarrowedAsync(differing, source, target, cancellationToken)).ConfigureAwait(false);
        await Task.Run(() => finder.Find(source.Finish(), target.Finish(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAsync(List<int> segments, RowSorter source, RowSorter target, CancellationToken cancellationToken)
    {
        var wanted = new bool[choice.Segmentation.Count];
        segments.ForEach(segment => wanted[segment] = true);
        var (sourceReader, targetReader) = (work.SourceReader(), work.TargetReader());
        var (sourceAgain, targetAgain) = (new SegmentDigest(choice.Segmentation.Count), new SegmentDigest(choice.Segmentation.Count));
        await BothSides.RunAsync(
            token => sourceReader.CollectAsync(work.SourceQuery, choice.Segmentation, wanted, source, sourceAgain, token),
            token => targetReader.CollectAsync(work.TargetQuery, choice.Segmentation, wanted, target, targetAgain, token),
            cancellationToken).ConfigureAwait(false);
        Settled = scan.Source.Agrees(sourceAgain, segments) && scan.Target.Agrees(targetAgain, segments);
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
        Settled = sourceAgain.Rows == segments.Sum(scan.Source.RowsOf) && targetAgain.Rows == segments.Sum(scan.Target.RowsOf);
    }
}
