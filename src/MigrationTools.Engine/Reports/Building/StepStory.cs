using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>
/// What the journal tells of one step, on its way forward and on its way back apart: that a step was undone takes nothing from
/// what it came to, and what an earlier attempt saw is not what the last one saw.
/// </summary>
internal sealed class StepStory
{
    private readonly List<ReportSpan> _spans = [];

    private StepStory(PlanStep step) => Forward = new StepState { Step = step };

    /// <summary>The step as its last attempt left it, compensations apart.</summary>
    public StepState Forward { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset? FirstStartedAt { get; private set; }

    public IReadOnlyList<ReportSpan> Spans => _spans;

    public string? Looked { get; private set; }

    /// <summary>How long the last attempt worked; null where its end was not seen.</summary>
    public long? DurationMs { get; private set; }

    public Verdict Verdict { get; private set; }

    public ReportCompensation Compensation { get; private set; } = null!;

    /// <summary>Reads a step's story.</summary>
    /// <param name="step">The step.</param>
    /// <param name="journal">The whole journal.</param>
    /// <param name="running">Whether a process is at work on the run now.</param>
    public static StepStory Read(PlanStep step, IReadOnlyList<JournalEntry> journal, bool running)
    {
        var story = new StepStory(step)
        {
            Compensation = new ReportCompensation
            {
                StepId = step.Id,
                Description = ReportText.Message(step.Compensation?.Description ?? "nothing to undo"),
                Verdict = Verdict.NotRun,
                Checks = [],
                Evidence = [],
            },
        };
        foreach (var entry in journal)
        {
            if (entry.Step == step.Id)
            {
                story.Forwards(entry);
                story.Backwards(entry);
            }
            else if (entry.Kind == JournalKinds.RunEnded)
            {
                story.Close(ReportSpanOutcome.CutOff, entry.At);
            }
        }

        story.Close(running ? ReportSpanOutcome.UnderWay : ReportSpanOutcome.CutOff, null);
        return story;
    }

    private void Forwards(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKinds.Intent:
                Open(ReportSpanKind.Action, entry.At);
                Forward = new StepState { Step = Forward.Step }.After(entry);
                Attempts++;
                FirstStartedAt ??= entry.At;
                (Looked, DurationMs, Verdict) = (null, null, Forward.Verdict);
                break;
            case JournalKinds.Looked:
                Close(ReportSpanOutcome.CutOff, null);
                Looked = ReportText.Message($"{entry.Get<string>("effect")}: {entry.Get<string>("message")}");
                break;
            case JournalKinds.Observed:
                // An effect that was found in place by looking has no time of its own.
                DurationMs = Looked is null ? entry.Get<long?>("durationMs") : null;
                Close(ReportSpanOutcome.Observed, entry.At);
                Take(entry);
                break;
            case JournalKinds.StepFailed:
                DurationMs = OpenSpan is { } failed && entry.At >= failed.StartedAt ? (long)(entry.At - failed.StartedAt).TotalMilliseconds : null;
                Close(ReportSpanOutcome.Stopped, entry.At);
                Take(entry);
                Verdict = entry.Get<Verdict?>("verdict") ?? Verdict.Error;
                break;
            case JournalKinds.Gate or JournalKinds.Committed:
                Take(entry);
                break;
            default:
                break;
        }
    }

    private void Backwards(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKinds.CompensationIntent:
                Open(ReportSpanKind.Compensation, entry.At);
                Compensation = Compensation with
                {
                    Verdict = Verdict.Inconclusive,
                    StartedAt = Compensation.StartedAt ?? entry.At,
                    EndedAt = null,
                    Attempts = Compensation.Attempts + 1,
                    Seen = null,
                    Error = null,
                    ErrorId = null,
                    Checks = [],
                    Evidence = [],
                };
                break;
            case JournalKinds.CompensationObserved:
                Compensation = Compensation with
                {
                    Seen = ReportText.Message(entry.Get<string>("summary")),
                    Checks = [.. (entry.Get<List<CheckResult>>("checks") ?? []).Select(ReportText.Check)],
                    Evidence = ReportText.Evidence(entry.Get<List<Evidence>>("evidence") ?? []),
                };
                break;
            case JournalKinds.Compensated:
                Close(ReportSpanOutcome.Observed, entry.At);
                Compensation = Compensation with
                {
                    Verdict = entry.Get<Verdict>("verdict"),
                    EndedAt = entry.At,
                    Seen = ReportText.Message(entry.Get<string>("message")) ?? Compensation.Seen,
                };
                break;
            case JournalKinds.CompensationFailed:
                Close(ReportSpanOutcome.Stopped, entry.At);
                Compensation = Compensation with
                {
                    Verdict = entry.Get<Verdict?>("verdict") ?? Verdict.Error,
                    EndedAt = entry.At,
                    ErrorId = entry.Get<string>("errorId"),
                    Error = ReportText.Message(entry.Get<string>("message")),
                };
                break;
            default:
                break;
        }
    }

    private ReportSpan? OpenSpan => _spans is [.., { Outcome: ReportSpanOutcome.UnderWay } last] ? last : null;

    private void Take(JournalEntry entry)
    {
        Forward = Forward.After(entry);
        Verdict = Forward.Verdict;
    }

    private void Open(ReportSpanKind kind, DateTimeOffset at)
    {
        Close(ReportSpanOutcome.CutOff, null);
        _spans.Add(new ReportSpan(kind, at, null, ReportSpanOutcome.UnderWay));
    }

    private void Close(ReportSpanOutcome outcome, DateTimeOffset? at)
    {
        if (OpenSpan is { } open)
        {
            _spans[^1] = open with { Outcome = outcome, EndedAt = at };
        }
    }
}
