using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>status</c>: where a run stands, or which runs there are.</summary>
internal sealed class StatusVerb : CliVerb
{
    private readonly Argument<string?> _run = new("run") { Description = "The run's id; without it all runs are listed, the newest first.", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<bool> _follow = OptionKinds.Switch("--follow", "Stay and tell what changes, until nobody is at work on the run any more.");

    public StatusVerb(CliSession session)
        : base(session, "status", "Show where a run stands, what it waits for and what can be done; or list the runs.")
    {
        Add(_run);
        Add(_follow);
    }

    public override IReadOnlyList<string> Examples =>
        ["status", "status shop-v2-to-v3-20250301-101500-a1b2", "status shop-v2-to-v3-20250301-101500-a1b2 --follow", "status --output jsonl"];

    public override (string Zero, string? One) Outcomes => ("The run's verdict is Passed; or the runs are listed.", "The run's verdict is Failed.");

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        return (call.Parsed.GetValue(_run), call.Parsed.GetValue(_follow)) switch
        {
            (null, true) => throw new InvalidRequestException("--follow needs the id of the run to follow."),
            (null, _) => ListAsync(call, host, cancellationToken),
            ({ } run, true) => FollowAsync(call, host, run, cancellationToken),
            ({ } run, _) => ShowAsync(call, host, run, cancellationToken),
        };
    }

    private static async Task<int> FollowAsync(VerbCall call, MigrationHost host, string runId, CancellationToken cancellationToken)
    {
        var text = new FollowText(call);
        await foreach (var progress in host.FollowAsync(runId, cancellationToken))
        {
            call.Results.Item(progress);
            text.Show(progress);
        }

        text.End();
        var state = await host.Runs.LookAsync(runId, cancellationToken);
        var verdict = RunVerdict.OfRun(state);
        call.Results.Item(RunSummaryLine.Of(state, verdict));
        call.Results.Whole(RunOutput.Of(state, verdict));
        call.Results.Text(console => RunText.WriteResult(console, state, verdict, call.Self));
        return ExitCodes.Of(verdict);
    }

    private static async Task<int> ShowAsync(VerbCall call, MigrationHost host, string runId, CancellationToken cancellationToken)
    {
        var state = await host.Runs.LookAsync(runId, cancellationToken);
        var verdict = RunVerdict.OfRun(state);
        foreach (var step in state.Steps)
        {
            call.Results.Item(StepOutput.Of(step));
        }

        call.Results.Item(RunSummaryLine.Of(state, verdict));
        call.Results.Whole(RunOutput.Of(state, verdict));
        call.Results.Text(console =>
        {
            RunText.WriteSteps(console, state);
            RunText.WriteResult(console, state, verdict, call.Self);
        });
        return ExitCodes.Of(verdict);
    }

    private static async Task<int> ListAsync(VerbCall call, MigrationHost host, CancellationToken cancellationToken)
    {
        var runs = new List<RunListItem>();
        foreach (var runId in await host.Runs.ListAsync(cancellationToken))
        {
            runs.Add(await RunListItem.LookAsync(host.Runs, runId, cancellationToken));
            call.Results.Item(runs[^1]);
        }

        call.Results.Whole(new { runs });
        call.Results.Text(console => Write(console, host.RunsDirectory is { } directory ? FilePath.Show(directory) : host.RunsEndpoint!.Redacted, runs));
        // A list with a run in it that can't be read is not the list that was asked for.
        return runs.Any(run => run.Error is not null) ? ExitCodes.NotVerified : ExitCodes.Passed;
    }

    private static void Write(CliConsole console, string place, List<RunListItem> runs)
    {
        if (runs.Count == 0)
        {
            console.Out.WriteLine($"No runs in {place}.");
            return;
        }

        var table = new TextTable().Name("Run").Name("Status").Name("Verdict").Name("Started").Column("Where it stands");
        foreach (var run in runs)
        {
            var started = run.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
            table.Row(run.RunId, run.Status?.ToString() ?? "unreadable", run.Verdict, started, Printable.Cut(run.Message, 160));
        }

        table.Write(console);
    }
}
