using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>The form of a webhook's body.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookFormat>))]
public enum WebhookFormat
{
    /// <summary>The event as a JSON object: runId, spec, event, status, verdict, step, message, at.</summary>
    Json = 0,

    /// <summary>An incoming webhook of Slack: text and blocks.</summary>
    Slack,

    /// <summary>A Teams workflow: a message with an adaptive card.</summary>
    Teams,
}
