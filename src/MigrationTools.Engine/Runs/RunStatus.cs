using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Runs;

/// <summary>Where a run stands, told from its journal and its lease.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Its owner is alive and at work.</summary>
    Running = 0,

    /// <summary>Its owner is gone or was cancelled; it can be resumed or rolled back.</summary>
    Interrupted,

    /// <summary>
    /// A gate could not be judged, or something broke that may mend; or a phase is undone and those before it stay. It can be resumed or rolled back.
    /// </summary>
    Held,

    /// <summary>Readiness did not pass; nothing was changed.</summary>
    NotReady,

    /// <summary>A gate failed and nothing was rolled back yet.</summary>
    Failed,

    /// <summary>Every step is committed.</summary>
    Completed,

    /// <summary>A rollback began and did not end; it can be resumed by rolling back again.</summary>
    RollbackIncomplete,

    /// <summary>Every step is undone, and that was seen.</summary>
    RolledBack,
}
