using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Runs;

/// <summary>Where a phase of a phased run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunPhaseStatus>))]
public enum RunPhaseStatus
{
    /// <summary>None of its steps has begun.</summary>
    Pending = 0,

    /// <summary>Some of its steps are done, or one was begun.</summary>
    Begun,

    /// <summary>Every step is committed: it was validated.</summary>
    Committed,

    /// <summary>Undoing it has begun and has not come to its end.</summary>
    Undoing,

    /// <summary>Everything that it had done is undone, and that was seen.</summary>
    Undone,
}
