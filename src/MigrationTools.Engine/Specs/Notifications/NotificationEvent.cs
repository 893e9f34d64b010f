using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>What of a run somebody is told.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationEvent>))]
public enum NotificationEvent
{
    /// <summary>It began, or was resumed.</summary>
    Start = 0,

    /// <summary>A gate decided.</summary>
    Gate,

    /// <summary>It waits for a person, or for what could not be judged.</summary>
    Hold,

    /// <summary>A step or a gate failed.</summary>
    Failure,

    /// <summary>A rollback began.</summary>
    Rollback,

    /// <summary>It came to an end, with its verdict.</summary>
    End,
}
