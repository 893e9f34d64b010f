namespace MigrationTools.Engine;

/// <summary>The stable ids of errors. A front end shows them; scripts match on them; none is ever renamed.</summary>
public static class ErrorIds
{
    /// <summary>The spec can't be read or has mistakes. The caller's to mend: exit code 2.</summary>
    public const string SpecInvalid = "SpecInvalid";

    /// <summary>An endpoint URI can't be understood. The caller's to mend: exit code 2.</summary>
    public const string EndpointInvalid = "EndpointInvalid";

    /// <summary>A <c>${env:}</c> or <c>${file:}</c> reference has nothing behind it: exit code 2.</summary>
    public const string SecretMissing = "SecretMissing";

    /// <summary>The call asks for something that is not there or does not fit: exit code 2.</summary>
    public const string InvalidRequest = "InvalidRequest";

    /// <summary>No plan can be made of the spec: exit code 2.</summary>
    public const string PlanImpossible = "PlanImpossible";

    /// <summary>No run of that id: exit code 2.</summary>
    public const string RunNotFound = "RunNotFound";

    /// <summary>Another process owns the run: exit code 2.</summary>
    public const string RunOwned = "RunOwned";

    /// <summary>Another process took over a run that this one was carrying out: exit code 3.</summary>
    public const string RunOvertaken = "RunOvertaken";

    /// <summary>The journal is torn in the middle or was edited: exit code 3.</summary>
    public const string JournalCorrupt = "JournalCorrupt";

    /// <summary>The plan or the spec is not the one that the run began with: exit code 2.</summary>
    public const string PlanChanged = "PlanChanged";

    /// <summary>A server is not there, refuses, or went away: exit code 3.</summary>
    public const string EndpointUnavailable = "EndpointUnavailable";

    /// <summary>The server refused the login: exit code 3.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    /// <summary>A statement failed on the server: exit code 3.</summary>
    public const string DatabaseError = "DatabaseError";

    /// <summary>The target has no room: exit code 3.</summary>
    public const string DiskFull = "DiskFull";

    /// <summary>The target can't be written: exit code 3.</summary>
    public const string ReadOnly = "ReadOnly";

    /// <summary>A measure broke, so there is no value: exit code 3.</summary>
    public const string MeasurementFailed = "MeasurementFailed";

    /// <summary>A router can't be asked, refuses, or does not do what it was told: exit code 3.</summary>
    public const string TrafficError = "TrafficError";

    /// <summary>Somebody could not be told: exit code 3.</summary>
    public const string NotificationFailed = "NotificationFailed";

    /// <summary>More rows were rejected than the spec allows: exit code 1.</summary>
    public const string TooManyRejected = "TooManyRejected";

    /// <summary>What an action left can't be told by looking: exit code 3.</summary>
    public const string EffectUnknown = "EffectUnknown";

    /// <summary>A rollback would lose writes made since cut-over: exit code 1.</summary>
    public const string RollbackWouldLoseData = "RollbackWouldLoseData";

    /// <summary>What a plan removes of the old side in the end is still needed; nothing was removed: exit code 3.</summary>
    public const string ContractRefused = "ContractRefused";

    /// <summary>A step took longer than its plan allows: exit code 3.</summary>
    public const string StepTimeout = "StepTimeout";

    /// <summary>A compensation ran, and what it should have brought about was not seen: exit code 3.</summary>
    public const string RollbackFailed = "RollbackFailed";

    /// <summary>A file or directory of the tool's own (a run's, a report's) can't be read or written: exit code 3.</summary>
    public const string FileUnavailable = "FileUnavailable";

    /// <summary>Not an error: a person or a signal stopped it. Exit code 130.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>A mistake in this program: exit code 3.</summary>
    public const string Unexpected = "Unexpected";
}
