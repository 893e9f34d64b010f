namespace MigrationTools.Engine.Rollouts;

/// <summary>The verbs of steps that watch, ask and compare while traffic moves.</summary>
public static class RolloutStepNames
{
    public const string Watch = "gate.watch";
    public const string Approve = "gate.approve";
    public const string ParallelRun = "parallel.run";
}
