using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Tells a run's way back.</summary>
internal static class RollbackBuilder
{
    public static ReportRollback? Build(RunState state, IReadOnlyList<JournalEntry> journal, IReadOnlyDictionary<string, StepStory> stories)
    {
        var starts = journal.Where(entry => entry.Kind == JournalKinds.RollbackStarted).ToList();
        if (starts.Count == 0)
        {
            return null;
        }

        var end = journal.LastOrDefault(entry => entry.Kind == JournalKinds.RunEnded && entry.Seq > starts[^1].Seq);
        var ended = end?.Get<RunStatus>("status") is RunStatus.RolledBack or RunStatus.Held;
        // A rollback of a phase leaves the phases before it; journals of older versions do not say which steps were meant, for it was all of them.
        var meant = starts.All(start => start.Data.ContainsKey("steps")) ? starts.SelectMany(start => start.Get<List<string>>("steps") ?? []).ToHashSet(StringComparer.Ordinal) : null;
        List<ReportCompensation> compensations = [.. state.Plan.Steps.Reverse()
            .Select(step => stories[step.Id])
            .Where(story => story.Attempts > 0 && meant?.Contains(story.Forward.Step.Id) != false)
            .Select(story => story.Compensation)];
        return new ReportRollback
        {
            Reason = ReportText.Message(starts[^1].Get<string>("reason")) ?? "not recorded",
            By = starts[^1].Get<string>("by"),
            StartedAt = starts[0].At,
            EndedAt = end?.At,
            TrafficReturn = state.TrafficReturn,
            Verdict = compensations.Count == 0
                ? (ended ? Verdict.Passed : Verdict.NotRun)
                : Verdicts.Combine(compensations.Select(compensation => compensation.Verdict)),
            Attempts = starts.Count,
            Compensations = compensations,
        };
    }
}
