using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Specs;

/// <summary>How a strategy that moves traffic goes about it.</summary>
public sealed record RolloutSpec
{
    /// <summary>Shares of the target in percent, rising to 100 (Canary, StranglerFig).</summary>
    public IReadOnlyList<decimal> Weights { get; init; } = [5, 10, 25, 50, 100];

    /// <summary>What is measured at each weight, and after a switch; null where the spec measures nothing, which strategies that need it refuse.</summary>
    public GateSpec? Gate { get; init; }

    /// <summary>How long traffic must stay at a weight at least, whatever was measured.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>Before what a person must approve.</summary>
    public ApprovalSpec? Approval { get; init; }

    /// <summary>Units that may be out at a time (Rolling).</summary>
    public int MaxUnavailable { get; init; } = 1;

    /// <summary>How long a unit may take to end what it has before it is taken out all the same.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How a parallel run asks and when it is sure; null for its defaults.</summary>
    public ParallelRunSpec ParallelRun { get; init; } = new();
}
