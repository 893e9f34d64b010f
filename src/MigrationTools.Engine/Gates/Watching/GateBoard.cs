using System.Data.Common;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>
/// Shows a gate on a run's board while it is watched: its beginning, the first measurement, each that says something else than the one before, and at most one a second
/// of the others. That it can't be shown is said once in the run's log, and the watch goes on.
/// </summary>
/// <param name="board">Where to.</param>
/// <param name="context">The step that watches.</param>
/// <param name="shares">The shares that stand meanwhile: lane → percent.</param>
/// <param name="time">For the pause between two showings.</param>
public sealed class GateBoard(IRunBoard board, StepContext context, IReadOnlyDictionary<string, decimal> shares, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private long? _shownAt;
    private Verdict? _shown;
    private bool _warned;

    public async Task ShowAsync(WatchedGate gate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (gate.MeasuredAt is not null && gate.LastMeasurement == _shown && _shownAt is { } at && time.GetElapsedTime(at) < Pause)
        {
            return;
        }

        (_shownAt, _shown) = (time.GetTimestamp(), gate.LastMeasurement);

        // A store that hangs must not take the time in which a gate measures.
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await board.ShowAsync(context.RunId, gate with { Step = context.Step.Id, Intent = context.Intent, Shares = shares }, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Warn("the store of runs did not answer in time");
        }
        catch (Exception broken) when (broken is MigrationToolsException or DbException or IOException or UnauthorizedAccessException)
        {
            Warn(broken.Message);
        }
    }

    private void Warn(string why)
    {
        if (!_warned)
        {
            _warned = true;
            context.Observer.Logger.LogWarning("What the gate measures can't be shown to others while it is watched: {Why}. The watch goes on", why);
        }
    }
}
