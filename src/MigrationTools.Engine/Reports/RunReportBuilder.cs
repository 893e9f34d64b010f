using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports.Building;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Reports;

/// <summary>Makes the report of a run from its journal.</summary>
public static class RunReportBuilder
{
    /// <summary>
    /// Tells a run's journal as a report. Steps' data is read as the database verbs write it (<c>tables</c>, <c>comparison</c>, <c>counts</c>,
    /// <c>referential</c>, <c>rules</c>, <c>quality</c>, <c>score</c>); what is not there is reported as not there.
    /// </summary>
    /// <param name="state">The run as it stands.</param>
    /// <param name="journal">All its entries.</param>
    /// <param name="now">The time at which the report is made.</param>
    /// <param name="spec">The spec that the run began with, for its versions and endpoints; null where it is not at hand.</param>
    public static RunReport Build(RunState state, IReadOnlyList<JournalEntry> journal, DateTimeOffset now, MigrationSpec? spec = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(journal);
        var stories = state.Plan.Steps.ToDictionary(
            step => step.Id, step => StepStory.Read(step, journal, state.Status == RunStatus.Running), StringComparer.Ordinal);
        var waivers = WaiverLedger.Read(journal);
        var readiness = state.Readiness.Select(ReportText.Check).ToList();
        var steps = state.Steps.Select(step => StepOf(step, stories[step.Step.Id])).ToList();
        var data = state.Plan.Steps.Select(step => (step.System, Data: StepData.Read(stories[step.Id].Forward.Data))).ToList();
        var tables = new TableLedger();
        data.ForEach(step => tables.Add(step.System, step.Data));
        var validation = ValidationBuilder.Build(state.Plan, stories, waivers);
        List<CheckResult> checks = [.. readiness, .. validation.Groups.SelectMany(group => group.Checks)];
        var started = journal.FirstOrDefault(entry => entry.Kind == JournalKinds.RunStarted);
        return new RunReport
        {
            RunId = state.RunId,
            SpecId = state.Plan.SpecId,
            SpecName = spec?.Name ?? state.SpecName,
            SpecFile = ReportText.Message(state.SpecFile),
            Type = spec?.Type,
            Strategy = state.Plan.Strategy,
            SourceVersion = spec?.SourceVersion ?? started?.Get<string>("sourceVersion"),
            TargetVersion = spec?.TargetVersion ?? started?.Get<string>("targetVersion"),
            PlanHash = state.Plan.Hash,
            Status = state.Status,
            Verdict = state.Verdict,
            MigrationVerdict = MigrationVerdict(state, steps),
            Message = ReportText.Message(state.Message),
            NextSteps = Advice.For(state, checks, steps, waivers.All),
            StartedAt = state.StartedAt,
            EndedAt = state.EndedAt,
            DurationMs = Duration(state, now),
            GeneratedAt = now,
            ToolVersion = ProductVersion.Text,
            Checks = ReportTally.Of(checks),
            Systems = SystemsBuilder.Build(state.Plan, data, spec),
            PlanNotes = [.. state.Plan.Notes.Select(note => ReportText.Message(note))],
            Readiness = new ReportReadiness(Verdicts.Combine(readiness.Where(check => check.Required)), ReportTally.Of(readiness), readiness),
            Steps = steps,
            Gates = [.. state.Plan.Steps.Where(step => step.GateAfter is not null).Select(step => GateOf(step, stories[step.Id]))],
            Validation = validation,
            Tables = tables.Tables,
            Quality = [.. data.SelectMany(step => FindingLedger.Quality(step.System, step.Data))],
            Findings = [.. data.SelectMany(step => FindingLedger.Findings(step.System, step.Data))],
            Rejected = [.. tables.Tables.Where(table => table.Rejected > 0).Select(table => new ReportRejects(table.System, table.Target, table.Rejected!.Value, table.RejectedFile))],
            Waivers = waivers.All,
            Rollback = RollbackBuilder.Build(state, journal, stories),
            Journal = JournalFacts.Read(journal),
        };
    }

    // A rollback's verdict says that it was undone, which says nothing good of the migration that had to be.
    private static Verdict MigrationVerdict(RunState state, IReadOnlyList<ReportStep> steps) =>
        state.Status is RunStatus.RolledBack or RunStatus.RollbackIncomplete ? Verdicts.Combine(steps.Select(step => step.Verdict)) : state.Verdict;

    private static long? Duration(RunState state, DateTimeOffset now)
    {
        var end = state.EndedAt ?? (state.Status == RunStatus.Running ? now : null);

        // Where the clock was set back in between, how long it took is not known.
        return end is { } ended && state.StartedAt is { } started && ended >= started ? (long)(ended - started).TotalMilliseconds : null;
    }

    private static ReportStep StepOf(StepState state, StepStory story)
    {
        var step = state.Step;
        var action = story.Spans.LastOrDefault(span => span.Kind == ReportSpanKind.Action);
        return new ReportStep
        {
            Id = step.Id,
            Phase = step.Phase,
            System = step.System,
            Verb = step.Action.Verb,
            Description = ReportText.Message(step.Action.Description),
            Verdict = story.Verdict,
            Status = state.Status,
            StartedAt = story.FirstStartedAt,
            EndedAt = action?.EndedAt,
            DurationMs = story.DurationMs,
            Attempts = story.Attempts,
            Spans = story.Spans,
            Summary = ReportText.Message(story.Forward.Summary),
            Evidence = ReportText.Evidence(story.Forward.Evidence),
            Looked = story.Looked,
            ErrorId = story.Forward.ErrorId,
            Error = ReportText.Message(story.Forward.Error),
            Compensation = ReportText.Message(step.Compensation?.Description),
            Irreversible = ReportText.Message(step.Irreversible),
            PointOfNoReturn = step.PointOfNoReturn,
            EstimateMs = step.Estimate.Duration is { } estimate ? (long)estimate.TotalMilliseconds : null,
            EstimateBasis = ReportText.Message(step.Estimate.Basis),
        };
    }

    private static ReportGate GateOf(PlanStep step, StepStory story)
    {
        var result = story.Forward.Gate;
        return new ReportGate
        {
            Name = step.GateAfter!.Name,
            StepId = step.Id,
            Verdict = result?.Verdict ?? Verdict.NotRun,
            Message = ReportText.Message(result?.Message) ?? "it was not judged: its step did not come to its end",
            Value = result?.Score.Score,
            Limit = step.GateAfter.MinimumScore,
            Run = result?.Score.Run,
            Required = result?.Score.Required,
        };
    }
}
