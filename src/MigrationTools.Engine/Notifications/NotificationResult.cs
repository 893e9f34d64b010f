using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications;

/// <summary>What came of telling somebody.</summary>
/// <param name="Name">The notification's key in the spec.</param>
/// <param name="Kind">webhook, mail or command.</param>
/// <param name="Verdict">Passed where the receiver took it; Error where it did not, or nobody knows.</param>
/// <param name="Message">What the receiver answered, or why there was no answer.</param>
public sealed record NotificationResult(string Name, string Kind, Verdict Verdict, string Message)
{
    public NotificationEvent? Event { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long DurationMs { get; init; }
}
