using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Triggers;

/// <summary>What to watch for while traffic is shifted.</summary>
public sealed record TriggerWatchRequest
{
    /// <summary>A trigger fires when its condition holds.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>Opened sources of at least the metrics that the conditions need. They stay the caller's.</summary>
    public required IReadOnlyList<IMetricProbe> Probes { get; init; }

    /// <summary>How long one look lasts; the next begins when it ends.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests that a look of a source that counts them needs to fire.</summary>
    public int MinSamples { get; init; } = 20;

    /// <summary>Broken looks in a row from which the watch counts as blind.</summary>
    public int BlindAfter { get; init; } = 3;

    /// <summary>Told each look's result; null for nobody.</summary>
    public Action<TriggerState>? Looked { get; init; }
}
