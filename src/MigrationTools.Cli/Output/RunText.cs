using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>A run as people read it.</summary>
internal static class RunText
{
    /// <summary>What came of it, in a few lines, and what can be done next.</summary>
    public static void WriteResult(CliConsole console, RunState state, Verdict verdict, OwnName self)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(self);
        WriteUnproven(console, state);
        var paint = console.OutPaint;
        Line(console, "Run", state.RunId);
        Line(console, "Verdict", paint.As(verdict, verdict.ToString()));
        Wrapped(console, "Status", $"{state.Status}: {Printable.Lines(state.Message)}");
        if (state.Status == RunStatus.Running && state.Phase is { } phase)
        {
            Line(console, "Phase", Printable.Line(phase));
        }

        if (state.Status != RunStatus.RolledBack && state.Steps.LastOrDefault(step => step.Gate is not null && (state.Phases.Count == 0 || !StepOutput.IsUndone(step)))?.Gate is { } gate)
        {
            var score = gate.Score.Score is { } known ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", integrity score {known:0.000}") : "";
            Line(console, "Proof", $"{Printable.Line(gate.Gate)}: {gate.Score.Run} of {gate.Score.Required} required checks ran{score}");
        }

        if (state.Phases.Count > 0)
        {
            Line(console, "Phases", string.Join(", ", state.Phases.Select(part => $"{Printable.Line(part.Name)} {Standing(part)}")));
        }

        if (state.Shares.Count > 0)
        {
            Line(console, "Traffic", $"{string.Join(", ", state.Shares.Select(share => $"{Printable.Line(share.Lane)} {(share.TargetPercent is { } known ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{known:0.####} %") : "an unknown share")}"))} to the new side");
        }

        if (state.Watching is { } watched)
        {
            WatchText.Write(console, watched);
        }

        foreach (var wait in state.WaitingFor)
        {
            Wrapped(console, "Waits", Waiting(wait));
        }

        if (RunOutput.ReportOf(state) is { } report)
        {
            Line(console, "Report", FilePath.Show(report));
        }

        var first = true;
        foreach (var (command, why) in Next(state, self))
        {
            Line(console, first ? "Next" : "", $"{command}   {paint.Dim(why)}");
            first = false;
        }
    }

    /// <summary>The steps, each on a line.</summary>
    public static void WriteSteps(CliConsole console, RunState state)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(state);
        var table = new TextTable().Column("Step").Name("Status").Name("Verdict").Number("Time").Column("What was seen");
        foreach (var step in state.Steps)
        {
            var output = StepOutput.Of(step);
            var time = output.DurationMs is { } duration ? Quantity.Duration(TimeSpan.FromMilliseconds(duration)) : "-";
            table.Row(output.Id, output.Status, output.Verdict, time, output.Error?.Message ?? output.Summary ?? "-");
        }

        table.Write(console);
        console.Out.WriteLine();
    }

    /// <summary>The checks that keep the run from its end, with what would make them pass.</summary>
    private static void WriteUnproven(CliConsole console, RunState state)
    {
        var checks = state.Status == RunStatus.NotReady
            ? state.Readiness
            : [.. state.Steps.Where(step => step.Gate is { Verdict: not (Verdict.Passed or Verdict.Waived) } && !(state.Verdict == Verdict.NotRun && StepOutput.IsUndone(step))).SelectMany(step => step.Checks)];
        CheckText.WriteOpen(console, checks);
    }

    private static string Standing(RunPhase phase) => phase.Status switch
    {
        RunPhaseStatus.Pending => "not begun",
        RunPhaseStatus.Begun => $"begun ({phase.Committed} of {phase.Steps} steps)",
        RunPhaseStatus.Committed => "committed",
        RunPhaseStatus.Undoing => "half undone",
        _ => "undone",
    };

    /// <summary>For whom, for what, since and until when.</summary>
    private static string Waiting(RunWait wait)
    {
        var since = wait.Since is { } begun ? $", since {Moment(begun)}" : "";
        var until = wait.Until is { } deadline ? $", until {Moment(deadline)}" : "";
        return $"for a person to approve {Printable.Line(wait.Step)}: {Printable.Line(wait.For)}{since}{until}";
    }

    internal static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<(string Command, string Why)> Next(RunState state, OwnName self)
    {
        foreach (var wait in state.WaitingFor)
        {
            yield return (self.Command(["approve", state.RunId, "--step", wait.Step, "--why", "..."]), "says yes; with --refuse, no");
        }

        switch (state.Status)
        {
            case RunStatus.Completed:
                foreach (var last in LastPhase(state, self))
                {
                    yield return last;
                }

                yield return (self.Command("rollback", state.RunId), "takes it back");
                break;
            case RunStatus.Interrupted or RunStatus.Held or RunStatus.Failed:
                var anew = state.Phases.Where(phase => phase.Status == RunPhaseStatus.Undone).Select(phase => phase.Name).ToList();
                yield return (self.Command("resume", state.RunId), anew.Count == 0 ? "goes on" : $"begins {string.Join(", ", anew)} anew");
                foreach (var last in LastPhase(state, self))
                {
                    yield return last;
                }

                yield return (self.Command("rollback", state.RunId), state.Phases.Count == 0 ? "takes it back" : "takes back all that stands");
                break;
            case RunStatus.RollbackIncomplete when state.RollingBackTo is { } phase:
                yield return (self.Command(["rollback", state.RunId, "--phase", phase]), "goes on with the rollback; the phases before it stay");
                yield return (self.Command("rollback", state.RunId), "takes all of it back");
                break;
            case RunStatus.RollbackIncomplete:
                yield return (self.Command("rollback", state.RunId), "goes on with the rollback");
                break;
            case RunStatus.NotReady or RunStatus.RolledBack when state.SpecFile is { } spec:
                yield return (self.Command("run", FilePath.Show(spec)), "begins anew");
                break;
            case RunStatus.Running:
                yield return (self.Command(["status", state.RunId, "--follow"]), "watches it");
                break;
        }
    }

    /// <summary>Where several phases stand, the last of them alone can be taken back.</summary>
    private static IEnumerable<(string Command, string Why)> LastPhase(RunState state, OwnName self)
    {
        var standing = state.Phases.Where(phase => phase.Status is RunPhaseStatus.Begun or RunPhaseStatus.Committed).ToList();
        return standing.Count > 1 ? [(self.Command(["rollback", state.RunId, "--phase", standing[^1].Name]), $"takes back {standing[^1].Name} alone")] : [];
    }

    /// <summary>A line that on a terminal is wrapped under itself; where a program reads it stays one.</summary>
    internal static void Wrapped(CliConsole console, string label, string text) =>
        Line(console, label, console.OutIsTerminal && !text.Contains('\n', StringComparison.Ordinal) ? string.Join($"\n{new string(' ', 9)}", Printable.Wrap(text, console.TableWidth - 10)) : text);

    internal static void Line(CliConsole console, string label, string text) => console.Out.WriteLine($"{console.OutPaint.Strong(label.PadRight(9))}{text}");
}
