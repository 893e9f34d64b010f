using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Runs;

/// <summary>Tells people on standard error what a run does while it does it, and streams its steps where JSON Lines were asked for.</summary>
internal sealed class RunNarrator(VerbCall call) : IRunWatcher
{
    private const int VerdictWidth = 13;

    private readonly Paint _paint = call.Observer.Error.Paint;

    public ValueTask TakenAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        call.RunId = run.RunId;
        Say("Plan", PlanText.Headline(run.Plan));
        Say("Run", spec is not null ? $"{run.RunId} in {FilePath.Show(run.Directory)}" : $"{run.RunId}, as it stands: {Progressed(run)}");
        return ValueTask.CompletedTask;
    }

    public ValueTask AppendedAsync(RunHandle run, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Kind)
        {
            case JournalKinds.Readiness:
                SayReadiness(entry.Get<List<CheckResult>>("checks") ?? [], entry.Get<Verdict>("verdict"));
                break;
            case JournalKinds.Waived:
                SayStep(Verdict.Waived, $"{entry.Get<string>("check")}: {entry.Get<string>("who")} answers for it: {entry.Get<string>("why")}");
                break;
            case JournalKinds.RollbackStarted:
                Say("Undo", Printable.Line($"{(entry.Get<string>("phase") is { } phase ? $"back to phase '{phase}': " : "")}{entry.Get<string>("reason")}"));
                break;
            case JournalKinds.Reopened:
                Say("Anew", $"{Quantity.Count(entry.Get<List<string>>("steps")?.Count ?? 0, "step")} of what was undone");
                break;
            case JournalKinds.Intent or JournalKinds.CompensationIntent:
                Begin(StateOf(run, entry), entry.Kind == JournalKinds.CompensationIntent);
                break;
            case JournalKinds.Committed or JournalKinds.Compensated or JournalKinds.StepFailed or JournalKinds.CompensationFailed:
                End(StateOf(run, entry));
                break;
            case JournalKinds.Gate when entry.Get<Engine.Gates.GateResult>("result") is { Verdict: not (Verdict.Passed or Verdict.Waived) }:
                End(StateOf(run, entry));
                break;
            case JournalKinds.Alarm:
                SayStep(entry.Get<Verdict>("verdict"), $"trigger '{entry.Get<string>("condition")}': {entry.Get<string>("message")}");
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleasingAsync(RunHandle run) => ValueTask.CompletedTask;

    private static StepState StateOf(RunHandle run, JournalEntry entry) => run.State().Steps.First(step => step.Step.Id == entry.Step);

    private static string Progressed(RunHandle run)
    {
        var steps = run.State().Steps;
        return $"{steps.Count(step => step.Status == StepStatus.Committed)} of {steps.Count} steps are committed";
    }

    private void Begin(StepState step, bool undoing)
    {
        var what = undoing ? $"undo {step.Step.Id}" : step.Step.Id;
        if (call.Observer.Error.IsLive)
        {
            call.Observer.Report(new Progress(what, 0, null, ""));
        }
        else if ((undoing ? step.Step.Compensation : step.Step.Action) is { } action)
        {
            // Whoever reads the log of a job that hangs wants to see where.
            call.Say($"  {"begins",-VerdictWidth}{what}: {Printable.Line(action.Description)}");
        }

        if (!undoing && step.Step.Action.Verb == RolloutStepNames.Approve)
        {
            call.Say($"  {"waits",-VerdictWidth}for a person to approve {step.Step.Id}: {call.Self.Command(["approve", call.RunId!, "--step", step.Step.Id, "--why", "..."])}");
        }
    }

    private void End(StepState step)
    {
        call.Observer.Board.Remove(step.Step.Id);
        call.Observer.Board.Remove($"undo {step.Step.Id}");
        var output = StepOutput.Of(step);
        var undone = StepOutput.IsUndone(step);
        var time = output.DurationMs is { } duration ? $" ({Quantity.Duration(TimeSpan.FromMilliseconds(duration))})" : "";
        var seen = output.Error?.Id ?? (output.Verdict.LetsPass() ? null : step.Gate?.Message) ?? output.Summary ?? output.Name;
        SayStep(output.Verdict, $"{(undone ? "undo " : "")}{output.Id}: {seen}{time}");
        call.Results.Item(output);
    }

    private void SayReadiness(IReadOnlyList<CheckResult> checks, Verdict verdict)
    {
        Say("Ready", $"{_paint.As(verdict, verdict.ToString())}: {CheckText.Summary(checks)}");
        foreach (var check in checks.Where(check => check.Verdict is not (Verdict.Passed or Verdict.Waived or Verdict.Skipped)))
        {
            SayStep(check.Verdict, $"{check.Name}: {check.Message}{(check.Required ? "" : " (not required)")}");
        }
    }

    private void SayStep(Verdict verdict, string text) => call.Say($"  {_paint.As(verdict, verdict.ToString().PadRight(VerdictWidth))}{Printable.Line(text)}");

    private void Say(string label, string text) => call.Say($"{_paint.Strong(label.PadRight(7))}{text}");
}
