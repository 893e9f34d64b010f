using MigrationTools.Engine;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// Renews the lease of a run for as long as its process lives, three times as often as it must. A renewal that fails is tried again at the
/// next beat: losing the lease harms nobody, for the epoch keeps a process that lost it from writing.
/// </summary>
internal sealed class RunHeartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _beating;

    public RunHeartbeat(RunDatabase runs, string runId, long epoch, TimeSpan lease, TimeProvider time)
    {
        _timer = new PeriodicTimer(lease / 3, time);
        _beating = BeatAsync(runs, runId, epoch, lease, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _timer.Dispose();
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task BeatAsync(RunDatabase runs, string runId, long epoch, TimeSpan lease, TimeProvider time)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (!await TryRenewAsync(runs, runId, epoch, time.GetUtcNow() + lease).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>False where another has the run now.</summary>
    private async Task<bool> TryRenewAsync(RunDatabase runs, string runId, long epoch, DateTimeOffset until)
    {
        try
        {
            return await runs.WriteAsync(tables => tables.RenewAsync(runId, epoch, until, _stop.Token), _stop.Token).ConfigureAwait(false);
        }
        catch (MigrationToolsException)
        {
            return true;
        }
    }
}
