using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Triggers;

/// <summary>Why a guard stopped a run.</summary>
/// <param name="Condition">The trigger as the spec has it; what could not be watched, where it is an error.</param>
/// <param name="Verdict">Failed where a trigger fired; Error where the guard could not see, which holds the run.</param>
/// <param name="Message">What was seen, with values and limits.</param>
/// <param name="FirstBadAt">When the first sample that counts against it was taken.</param>
/// <param name="RaisedAt">When the alarm was raised.</param>
public sealed record RunAlarm(string Condition, Verdict Verdict, string Message, DateTimeOffset FirstBadAt, DateTimeOffset RaisedAt)
{
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}
