namespace MigrationTools.Engine.Runs.Journals;

/// <summary>What journal entries say. The order for a step: intent, observed, gate, committed.</summary>
public static class JournalKinds
{
    /// <summary>specId, specName, specHash, specFile, planHash, strategy, toolVersion, user.</summary>
    public const string RunStarted = "runStarted";

    /// <summary>A process took the run: epoch (of the entry), process, host, tornBytes.</summary>
    public const string Owned = "owned";

    /// <summary>checks, verdict.</summary>
    public const string Readiness = "readiness";

    /// <summary>action, compensation or irreversible, prior. Written before the action executes.</summary>
    public const string Intent = "intent";

    /// <summary>effect, summary, evidence, checks, data, durationMs.</summary>
    public const string Observed = "observed";

    /// <summary>The gate's result: gate, verdict, message, score.</summary>
    public const string Gate = "gate";

    public const string Committed = "committed";

    /// <summary>The step could not be finished: errorId, message, verdict.</summary>
    public const string StepFailed = "stepFailed";

    /// <summary>After a cut: what a look at an open intent found: effect, message.</summary>
    public const string Looked = "looked";

    /// <summary>reason, by, phase (null for the whole run), steps (ids). The steps are walked backwards from here on.</summary>
    public const string RollbackStarted = "rollbackStarted";

    /// <summary>action. Written before a compensation executes.</summary>
    public const string CompensationIntent = "compensationIntent";

    /// <summary>summary, evidence, checks, data, durationMs.</summary>
    public const string CompensationObserved = "compensationObserved";

    /// <summary>The step is undone, as was seen: verdict, message.</summary>
    public const string Compensated = "compensated";

    /// <summary>errorId, message, verdict.</summary>
    public const string CompensationFailed = "compensationFailed";

    /// <summary>steps (ids), by. Steps that were undone with their phase begin anew: what the journal says of them before this entry is over.</summary>
    public const string Reopened = "reopened";

    /// <summary>check, who, why.</summary>
    public const string Waived = "waived";

    /// <summary>A guard stopped the run: condition, verdict, message, firstBadAt, raisedAt, evidence.</summary>
    public const string Alarm = "alarm";

    /// <summary>status, verdict, message.</summary>
    public const string RunEnded = "runEnded";
}
