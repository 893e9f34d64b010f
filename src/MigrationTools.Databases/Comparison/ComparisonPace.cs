using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Copying;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using Microsoft.Extensions.Logging;

namespace MigrationTools.Databases.Comparison;

/// <summary>Keeps all tables of a comparison together to a number of rows a second, and off servers that are busy. Thread-safe.</summary>
internal sealed class ComparisonPace(ComparisonOptions options, IOperationObserver observer, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RowThrottle _throttle = new(options.MaxRowsPerSecond, time);

    /// <summary>Whether anything may have to be waited for.</summary>
    public bool IsBound => options.MaxRowsPerSecond is not null || options.MaxActiveSessions is not null;

    public ValueTask TakeAsync(long rows, CancellationToken cancellationToken) => _throttle.TakeAsync((int)Math.Min(rows, int.MaxValue), cancellationToken);

    /// <summary>Waits while one of the servers has more active sessions of others than is allowed.</summary>
    public async Task WaitAsync(IDatabaseSnapshot source, IDatabaseSnapshot target, CancellationToken cancellationToken)
    {
        if (options.MaxActiveSessions is not { } most)
        {
            return;
        }

        while (await MostActiveAsync(source, target, cancellationToken).ConfigureAwait(false) is var active && active > most)
        {
            observer.Logger.LogInformation("A server has {Active} active sessions, more than {Most}: waiting", active, most);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> MostActiveAsync(IDatabaseSnapshot source, IDatabaseSnapshot target, CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var side in new[] { source, target }.OfType<ISegmentedSnapshot>())
        {
            most = Math.Max(most, await side.CountActiveSessionsAsync(cancellationToken).ConfigureAwait(false) ?? 0);
        }

        return most;
    }
}
