using MigrationTools.Databases.Comparison.Segments;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>How a table is compared, and why so.</summary>
internal sealed record MethodChoice(ComparisonMethod Method, Segmentation Segmentation, string Reason)
{
    /// <summary>Null where rows are streamed.</summary>
    public ISegmentHasher? SourceHasher { get; init; }

    public ISegmentHasher? TargetHasher { get; init; }

    /// <summary>Whether several can work on stretches at the same time, and reading by these was measured to cost hardly more than one scan of all.</summary>
    public bool StretchesAreCheap { get; init; }
}
