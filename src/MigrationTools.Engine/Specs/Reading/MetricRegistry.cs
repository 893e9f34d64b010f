using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>The metrics of the spec that is being read. Those with mistakes are known by name only: a condition that uses one is no second mistake.</summary>
internal sealed class MetricRegistry
{
    private readonly List<MetricSpec> _metrics = [];
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricSpec> All => _metrics;

    /// <summary>Whether the spec has metrics, with or without mistakes.</summary>
    public bool Any => _metrics.Count + _broken.Count > 0;

    /// <summary>Whether all are known in full.</summary>
    public bool IsWhole => _broken.Count == 0;

    public void Add(MetricSpec metric) => _metrics.Add(metric);

    public void AddBroken(string name) => _broken.Add(name);
}
