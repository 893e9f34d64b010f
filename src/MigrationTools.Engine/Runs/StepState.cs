using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Runs;

/// <summary>A step of a run as its journal tells it.</summary>
public sealed record StepState
{
    public required PlanStep Step { get; init; }

    public StepStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Number of the journal entry with which its action was begun last; 0 where it was not.</summary>
    public long Intent { get; init; }

    /// <summary>How many times its action was begun.</summary>
    public int Attempts { get; init; }

    public JsonObject Prior { get; init; } = [];

    public string? Summary { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public JsonObject Data { get; init; } = [];

    public GateResult? Gate { get; init; }

    public string? ErrorId { get; init; }

    public string? Error { get; init; }

    /// <summary>What was seen after its compensation.</summary>
    public string? CompensationSummary { get; init; }

    public IReadOnlyList<CheckResult> CompensationChecks { get; init; } = [];

    public IReadOnlyList<Evidence> CompensationEvidence { get; init; } = [];

    /// <summary>Whether undoing it was seen to be right; null while nobody undid it to an end.</summary>
    public Verdict? CompensationVerdict { get; init; }

    /// <summary>The step's own verdict: Passed once committed, NotRun before it ran.</summary>
    public Verdict Verdict => Status switch
    {
        StepStatus.Committed => Gate?.Verdict ?? Verdict.Passed,
        StepStatus.Observed => Gate?.Verdict ?? Verdict.Inconclusive,
        _ when Error is not null => Verdict.Error,
        StepStatus.Intended => Verdict.Inconclusive,
        _ => Verdict.NotRun,
    };

    /// <summary>The state after one more entry of the journal about this step.</summary>
    public StepState After(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Kind switch
        {
            JournalKinds.Intent => this with
            {
                Status = StepStatus.Intended,
                StartedAt = StartedAt ?? entry.At,
                Attempts = Attempts + 1,
                Intent = entry.Seq,
                Prior = Attempts == 0 ? entry.Get<JsonObject>("prior") ?? [] : Prior,
                Gate = null,
                Error = null,
                ErrorId = null,
            },
            JournalKinds.Observed => this with
            {
                Status = StepStatus.Observed,
                EndedAt = entry.At,
                Summary = entry.Get<string>("summary"),
                Evidence = entry.Get<List<Evidence>>("evidence") ?? [],
                Checks = entry.Get<List<CheckResult>>("checks") ?? [],
                Data = entry.Get<JsonObject>("data") ?? [],
                Gate = null,
                Error = null,
                ErrorId = null,
            },
            JournalKinds.Gate => this with { Gate = entry.Get<GateResult>("result") },
            JournalKinds.Committed => this with { Status = StepStatus.Committed, EndedAt = entry.At },
            JournalKinds.StepFailed or JournalKinds.CompensationFailed => this with
            {
                Error = entry.Get<string>("message"),
                ErrorId = entry.Get<string>("errorId"),
                EndedAt = entry.At,
                CompensationVerdict = entry.Kind == JournalKinds.CompensationFailed ? entry.Get<Verdict>("verdict") : null,
            },
            JournalKinds.CompensationIntent => this with { Status = StepStatus.Compensating, Error = null, ErrorId = null, CompensationVerdict = null },
            JournalKinds.CompensationObserved => this with
            {
                CompensationSummary = entry.Get<string>("summary"),
                CompensationChecks = entry.Get<List<CheckResult>>("checks") ?? [],
                CompensationEvidence = entry.Get<List<Evidence>>("evidence") ?? [],
            },
            JournalKinds.Compensated => this with
            {
                Status = StepStatus.Compensated,
                EndedAt = entry.At,
                CompensationVerdict = entry.Get<Verdict>("verdict"),
                CompensationSummary = CompensationSummary ?? entry.Get<string>("message"),
            },
            _ => this,
        };
    }
}
