using System.Globalization;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting.Following;

namespace MigrationTools.Cli.Output;

/// <summary>
/// A followed run as people read it: a line on standard output for each step that begins, each share that moves, each gate with its values and limits, and each wait;
/// what is under way between stands on a live line of standard error.
/// </summary>
internal sealed class FollowText(VerbCall call)
{
    private const int LabelWidth = 13;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private string? _activity;
    private DateTimeOffset? _toldAt;
    private Verdict _told;
    private RunProgress? _last;

    public void Show(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (call.Results.Format != OutputFormat.Table)
        {
            return;
        }

        if (_last is null)
        {
            Say(progress, progress.Status.ToString(), $"{progress.RunId}, {progress.StepsCommitted} of {progress.StepsPlanned} steps are committed");
        }

        if (progress.Step is not null && (progress.Step != _last?.Step || progress.Undoing != _last.Undoing))
        {
            Say(progress, progress.Undoing ? "undoes" : progress.Phase ?? "step", $"{progress.Step}: {progress.Doing} ({progress.StepsCommitted} of {progress.StepsPlanned} committed)");
        }

        foreach (var share in progress.Shares.Where(share => _last?.Shares.Contains(share) != true))
        {
            Say(progress, "traffic", string.Create(CultureInfo.InvariantCulture, $"{share.Lane}: {(share.TargetPercent is { } known ? $"{known:0.####} %" : "an unknown share")} to the new side"));
        }

        if (progress.Gate is { } gate && !Equals(gate, _last?.Gate))
        {
            SayGate(progress, gate.Verdict, gate.Gate, gate.Message);
            foreach (var condition in progress.Conditions.Where(condition => gate.Verdict != Verdict.Passed || condition.Limit is not null))
            {
                SayGate(progress, condition.Verdict, $"  {condition.Name}", $"{condition.Seen}{(condition.Limit is null || condition.Limit == condition.Name ? "" : $" (expected {condition.Limit})")}");
            }
        }

        ShowWatching(progress);
        foreach (var wait in progress.WaitingFor.Where(wait => _said.Add($"{wait.Step} {wait.Since:O}")))
        {
            Say(progress, "waits", $"for a person to approve {wait.Step}: {wait.For}. {call.Self.Command(["approve", progress.RunId, "--step", wait.Step, "--why", "..."])}");
        }

        ShowLive(progress);
        _last = progress;
    }

    /// <summary>Takes the live line away.</summary>
    public void End()
    {
        if (_activity is not null)
        {
            call.Observer.Board.Remove(_activity);
        }
    }

    /// <summary>That a gate begins to be watched, each measurement that says something else than the one before, and one now and then of the others.</summary>
    private void ShowWatching(RunProgress progress)
    {
        if (progress.Watching is not { } watched)
        {
            _toldAt = null;
            return;
        }

        if (_said.Add($"{watched.Step} {watched.Intent} {watched.Since:O}"))
        {
            Say(watched.Since, "watches", $"{watched.Stage}: waits for {watched.WaitsFor}; until {Moment(watched.Deadline)} at the latest");
        }

        if (watched is { MeasuredAt: { } at, LastMeasurement: { } said } && (_toldAt is null || said != _told || at - _toldAt >= Pause))
        {
            (_toldAt, _told) = (at, said);
            Say(at, "measures", watched.Summary);
        }
    }

    private void ShowLive(RunProgress progress)
    {
        var now = progress.Status == RunStatus.Running ? Printable.Cut(Printable.Line(progress.Summary), 140) : null;
        if (now == _activity)
        {
            return;
        }

        End();
        _activity = now;
        if (now is not null)
        {
            call.Observer.Report(new Progress(now, 0, null, ""));
        }
    }

    private void SayGate(RunProgress progress, Verdict verdict, string name, string seen) => Write(progress.At, paint => paint.As(verdict, verdict.ToString().PadRight(LabelWidth)), $"{name}: {seen}");

    private void Say(RunProgress progress, string label, string text) => Say(progress.At, label, text);

    private void Say(DateTimeOffset at, string label, string text) => Write(at, paint => paint.Strong(label.PadRight(LabelWidth)), text);

    private void Write(DateTimeOffset at, Func<Paint, string> label, string text) => call.Results.Text(console =>
    {
        // Wrapped under itself where a person reads; a line stays a line where a program does.
        var moment = Moment(at);
        var indent = moment.Length + 2 + LabelWidth;
        var lines = console.OutIsTerminal ? Printable.Wrap(Printable.Line(text), console.TableWidth - 1 - indent) : [Printable.Line(text)];
        console.Out.WriteLine($"{moment}  {label(console.OutPaint)}{string.Join($"\n{new string(' ', indent)}", lines)}");
    });

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
