using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>A run in the list of runs.</summary>
internal sealed record RunListItem(string RunId, Verdict Verdict, RunStatus? Status, string Message)
{
    public string? SpecId { get; init; }

    public string? SpecName { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the run can't be read; null where it can.</summary>
    public ErrorDetail? Error { get; init; }

    /// <summary>Looks at a run. One that can't be read is an item too: it does not keep the others from being listed.</summary>
    public static async Task<RunListItem> LookAsync(IRunStore runs, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        try
        {
            var state = await runs.LookAsync(runId, cancellationToken);
            return new RunListItem(runId, state.Verdict, state.Status, state.Message)
            {
                SpecId = state.Plan.SpecId,
                SpecName = state.SpecName,
                StartedAt = state.StartedAt,
                EndedAt = state.EndedAt,
            };
        }
        catch (MigrationToolsException e)
        {
            return new RunListItem(runId, Verdict.Error, null, e.Message) { Error = new ErrorDetail(e.ErrorId, e.Message) };
        }
    }
}
