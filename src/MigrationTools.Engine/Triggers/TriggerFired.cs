using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Triggers;

/// <summary>A trigger whose condition was seen to hold.</summary>
/// <param name="Condition">The condition, with the values seen.</param>
/// <param name="At">When the look that showed it ended.</param>
/// <param name="FirstBadAt">
/// When it began, as early as can be said: the first failed request of the windows behind the condition where they know of one, else their beginning. A
/// window right before that had failures too counts with them, for a fault seldom begins with a window.
/// </param>
public sealed record TriggerFired(ConditionOutcome Condition, DateTimeOffset At, DateTimeOffset FirstBadAt)
{
    /// <summary>The windows of the figures in the condition.</summary>
    public IReadOnlyList<MetricWindow> Windows { get; init; } = [];
}
