using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Comparison.Matching;

/// <summary>Stretches that are read together, with room for their rows; used again for one group after the other. Not thread-safe.</summary>
internal sealed class StretchGroup : IDisposable
{
    private readonly TableWork _work;
    private readonly KeyStretches _stretches;
    private readonly KeptRows _keptSource;
    private readonly KeptRows _keptTarget;
    private readonly RowMatcher _matcher = new();
    private List<int> _segments = [];
    private SegmentDigest _sourceAgain = new(0);
    private SegmentDigest _targetAgain = new(0);

    /// <param name="work">The comparison.</param>
    /// <param name="stretches">All of its stretches.</param>
    /// <param name="memoryBytes">Rows of a side held at once as they came, and as many in canonical form.</param>
    public StretchGroup(TableWork work, KeyStretches stretches, long memoryBytes)
    {
        (_work, _stretches) = (work, stretches);
        Source = new RowSorter(memoryBytes, work.Options.SpoolDirectory);
        Target = new RowSorter(memoryBytes, work.Options.SpoolDirectory);

        // Padding gives a key two forms, of which only the bytes tell that they are one.
        var room = work.Layout.Columns.Take(work.Layout.KeyCount).Any(column => column.Meaning.WithoutPadding) ? 0 : memoryBytes;
        _keptSource = work.SourceReader().Keep(stretches, Source, room);
        _keptTarget = work.TargetReader().Keep(stretches, Target, room);
    }

    /// <summary>Rows to be compared by their bytes.</summary>
    public RowSorter Source { get; }

    /// <inheritdoc cref="Source"/>
    public RowSorter Target { get; }

    /// <summary>Bytes that the rows of the larger side took.</summary>
    public long Bytes => Math.Max(_keptSource.Bytes, _keptTarget.Bytes);

    /// <summary>Rows of the source that were read.</summary>
    public long SourceRows => _sourceAgain.Rows;

    /// <inheritdoc cref="SourceRows"/>
    public long TargetRows => _targetAgain.Rows;

    /// <summary>Reads the rows of some stretches.</summary>
    public Task ReadAsync(List<int> segments, CancellationToken cancellationToken)
    {
        Clear();
        _segments = segments;
        var wanted = new bool[_stretches.Count];
        segments.ForEach(segment => wanted[segment] = true);
        var spans = segments.ConvertAll(_stretches.SpanOf);
        (_sourceAgain, _targetAgain) = (new SegmentDigest(_stretches.Count), new SegmentDigest(_stretches.Count));
        return BothSides.RunAsync(
            token => _work.SourceReader().KeepAsync(spans, wanted, _keptSource, _sourceAgain, token),
            token => _work.TargetReader().KeepAsync(spans, wanted, _keptTarget, _targetAgain, token),
            cancellationToken);
    }

    /// <summary>Segments that were read.</summary>
    public int Segments => _segments.Count;

    /// <summary>Whether the rows read are those of a scan, as far as that summed them up. Sums of a server say nothing of hashes made here.</summary>
    public bool Agrees(SegmentScan scan, ComparisonMethod method) => method == ComparisonMethod.Stream
        ? scan.Source.Agrees(_sourceAgain, _segments.Where(scan.HasSums)) && scan.Target.Agrees(_targetAgain, _segments.Where(scan.HasSums))
        : _segments.Where(scan.HasSums).All(segment => scan.Source.RowsOf(segment) == _sourceAgain.RowsOf(segment) && scan.Target.RowsOf(segment) == _targetAgain.RowsOf(segment));

    /// <summary>Compares the rows read.</summary>
    public void Find(DifferenceFinder finder, CancellationToken cancellationToken)
    {
        _matcher.Release(_keptSource, _keptTarget);
        finder.Find(Source.Finish(), Target.Finish(), cancellationToken);
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        Source.Clear();
        Target.Clear();
        _keptSource.Clear();
        _keptTarget.Clear();
    }

    public void Dispose()
    {
        Source.Dispose();
        Target.Dispose();
    }
}
