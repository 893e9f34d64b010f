using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Runs;

/// <summary>Carries a run out through the host and shows what came of it; also when it was cancelled, for then the run stands somewhere.</summary>
internal static class RunCarrier
{
    /// <param name="call">The verb's call.</param>
    /// <param name="carry">What to do with the host.</param>
    /// <param name="verdictOf">The verdict that answers what was asked for.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> CarryAsync(
        VerbCall call, Func<MigrationHost, Task<RunState>> carry, Func<RunState, Verdict> verdictOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(carry);
        ArgumentNullException.ThrowIfNull(verdictOf);
        var watcher = new RunNarrator(call);
        var host = call.CreateHost(store => new WatchedRunStore(store, watcher), call.Parsed.GetValue<string?>(OptionKinds.MetricsFileName));
        try
        {
            var state = await carry(host);
            var verdict = verdictOf(state);
            Show(call, state, verdict);
            return ExitCodes.Of(verdict);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && call.RunId is not null)
        {
            var state = await host.Runs.LookAsync(call.RunId, CancellationToken.None);
            Show(call, state, Verdicts.Combine([state.Verdict, Verdict.Inconclusive]));
            return ExitCodes.Cancelled;
        }
    }

    private static void Show(VerbCall call, RunState state, Verdict verdict)
    {
        call.Results.Item(RunSummaryLine.Of(state, verdict));
        call.Results.Whole(RunOutput.Of(state, verdict));
        call.Results.Text(console => RunText.WriteResult(console, state, verdict, call.Self));
    }
}
