using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>The last line of a run in JSON Lines; its steps came before.</summary>
internal sealed record RunSummaryLine(string RunId, Verdict Verdict, RunStatus Status, string Message, string? Report)
{
    public static RunSummaryLine Of(RunState state, Verdict verdict) => new(state.RunId, verdict, state.Status, state.Message, RunOutput.ReportOf(state));
}
