using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Hosting.Following;

/// <summary>Watches a run from outside, by reading its journal again and again; takes nothing and changes nothing.</summary>
internal sealed class RunFollower(IRunStore store, TimeProvider time)
{
    private const int LongestTail = 64 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The run now, and again whenever something of it has changed; ends when nobody is at work on it any more.</summary>
    public async IAsyncEnumerable<RunProgress> FollowAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RunProgress? last = null;
        while (true)
        {
            // The state after the journal: what ends the run between the two is then told by the state, and read in the next round by the journal.
            var entries = await store.ReadJournalAsync(runId, cancellationToken).ConfigureAwait(false);
            var state = await store.LookAsync(runId, cancellationToken).ConfigureAwait(false);
            var isEnded = state.Status != RunStatus.Running;
            if (isEnded)
            {
                entries = await store.ReadJournalAsync(runId, cancellationToken).ConfigureAwait(false);
            }

            var now = Of(state, entries);
            if (last is null || now.Seq != last.Seq || now.Status != last.Status || now.Log != last.Log
                || now.Watching?.MeasuredAt != last.Watching?.MeasuredAt || now.Watching?.Since != last.Watching?.Since)
            {
                yield return now;
                last = now;
            }

            if (isEnded)
            {
                yield break;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RunProgress Of(RunState state, IReadOnlyList<JournalEntry> entries)
    {
        var newest = entries.LastOrDefault(entry => entry.Step is not null)?.Step;
        var step = state.Steps.FirstOrDefault(candidate => candidate.Step.Id == newest);
        var undoing = step?.Status is StepStatus.Compensating or StepStatus.Compensated;
        var observed = state.Steps.FirstOrDefault(candidate => candidate.Step.Id == entries.LastOrDefault(entry => entry.Kind is JournalKinds.Observed or JournalKinds.CompensationObserved)?.Step);
        return new RunProgress
        {
            RunId = state.RunId,
            Status = state.Status,
            Verdict = state.Verdict,
            Seq = entries.Count == 0 ? 0 : entries[^1].Seq,
            At = entries.Count == 0 ? DateTimeOffset.MinValue : entries[^1].At,
            Phase = step?.Step.Phase,
            Step = step?.Step.Id,
            Doing = undoing ? step!.Step.Compensation?.Description ?? $"nothing to undo: {step.Step.Irreversible}" : step?.Step.Action.Description,
            Undoing = undoing,
            StepsCommitted = state.Steps.Count(candidate => candidate.Status == StepStatus.Committed),
            StepsPlanned = state.Steps.Count,
            Shares = state.Shares,
            Watching = state.Watching,
            Gate = observed?.Gate,
            Conditions = observed is null ? [] : [.. (undoing && observed.CompensationChecks.Count > 0 ? observed.CompensationChecks : observed.Checks).Select(Condition)],
            WaitingFor = state.WaitingFor,
            Log = LastLine(Path.Combine(state.Directory, "log.jsonl")),
            Message = state.Message,
        };
    }

    private static RunCondition Condition(CheckResult check) => new(check.Name, check.Verdict, check.Message, check.Evidence.Count == 0 ? null : check.Evidence[^1].Expected);

    /// <summary>The log's last whole line that is no detail, while its owner writes it; null where it can't be read, for it is no more than a help.</summary>
    private static string? LastLine(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, LongestTail), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var text = reader.ReadToEnd();
            var end = text.LastIndexOf('\n');
            if (end <= 0)
            {
                return null;
            }

            while (end > 0)
            {
                var begin = text.LastIndexOf('\n', end - 1) + 1;
                var line = begin == 0 && file.Length > LongestTail ? null : JsonNode.Parse(text[begin..end]);
                if ((string?)line?["Level"] is not ("Debug" or "Verbose"))
                {
                    return (string?)line?["RenderedMessage"];
                }

                end = begin - 1;
            }

            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
