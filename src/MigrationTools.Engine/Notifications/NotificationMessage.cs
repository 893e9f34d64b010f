using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications;

/// <summary>What somebody is told. Everything in it is redacted already: it comes from a journal, or from whoever sends it.</summary>
/// <param name="Spec">The spec's id.</param>
/// <param name="Message">One line for people.</param>
/// <param name="At">When it happened.</param>
public sealed record NotificationMessage(string Spec, string Message, DateTimeOffset At)
{
    /// <summary>The run; null for a message that is about none.</summary>
    public string? RunId { get; init; }

    /// <summary>The spec's name as people know it.</summary>
    public string? SpecName { get; init; }

    /// <summary>What happened; null for a message that somebody sends by hand.</summary>
    public NotificationEvent? Event { get; init; }

    /// <summary>Where the run stands.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The verdict of what happened; null where nothing was judged.</summary>
    public Verdict? Verdict { get; init; }

    public string? Step { get; init; }

    /// <summary>One line that says what this is about: the event or verdict, the spec, the step.</summary>
    public string Title
    {
        get
        {
            var what = Event is { } known ? known.ToString() : "Message";
            var verdict = Verdict is { } judged ? $" {judged}" : "";
            return $"{what}{verdict}: {SpecName ?? Spec}{(Step is null ? "" : $", step {Step}")}";
        }
    }
}
