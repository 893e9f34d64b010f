using MigrationTools.Engine.Gates.Conditions;

namespace MigrationTools.Engine.Triggers;

/// <summary>How a watch over triggers stands after a look.</summary>
public sealed record TriggerState
{
    /// <summary>Looks so far.</summary>
    public long Looks { get; init; }

    /// <summary>Of these, those in which some condition could not be told for want of data.</summary>
    public long LooksWithoutData { get; init; }

    /// <summary>Of these, those in which a source could not be asked.</summary>
    public long BrokenLooks { get; init; }

    /// <summary>Broken looks since the last that was not.</summary>
    public int BrokenInARow { get; init; }

    /// <summary>Nothing is seen any more: whoever shifts traffic should hold.</summary>
    public bool IsBlind { get; init; }

    /// <summary>When the last look ended; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Each condition's answer at the last look.</summary>
    public IReadOnlyList<ConditionOutcome> Conditions { get; init; } = [];

    /// <summary>What broke at the last look.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];
}
