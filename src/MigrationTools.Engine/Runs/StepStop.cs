using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Runs;

/// <summary>Why a run can't go on.</summary>
/// <param name="Verdict">Never one that lets pass.</param>
/// <param name="Message">With the step, and what was seen.</param>
internal sealed record StepStop(Verdict Verdict, string Message)
{
    /// <summary>What becomes of the run where nothing failed but nothing could be judged either.</summary>
    public GateFallback Fallback { get; init; }

    /// <summary>Whether a trigger stopped it, not the step itself.</summary>
    public bool IsAlarm { get; init; }
}
