using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>What a load test wrote.</summary>
/// <param name="Format">Whose results they are.</param>
/// <param name="File">The file, absolute; <c>{side}</c> in it stands for source or target.</param>
public sealed record LoadTestMetricSpec(LoadTestFormat Format, string File) : MetricSpec
{
    /// <summary>What is replaced by source or target.</summary>
    public const string SidePlaceholder = "{side}";

    /// <summary>How old results may be at the window's end; null where they must be of the window itself.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>JMeter: only samples with this label; null for all.</summary>
    public string? Label { get; init; }

    public override IReadOnlyList<string> Figures => RequestFigures.Timed;

    public override IReadOnlyList<EndpointSide> Sides => File.Contains(SidePlaceholder, StringComparison.Ordinal) ? MetricSides.Both : MetricSides.Target;

    /// <summary>Old results are the same at each look; put together they would pass for more samples than there are.</summary>
    public override bool HasLatencies => Format == LoadTestFormat.JMeter && MaxAge is null;
}
