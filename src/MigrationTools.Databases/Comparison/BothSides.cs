namespace MigrationTools.Databases.Comparison;

/// <summary>Works on two sides at the same time; where one fails, the other is stopped and the failure thrown.</summary>
internal static class BothSides
{
    public static async Task RunAsync(Func<CancellationToken, Task> source, Func<CancellationToken, Task> target, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sourceTask = RunAsync(source, either);
        var targetTask = RunAsync(target, either);

        await Task.WhenAll(sourceTask, targetTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // The one that failed is the reason; the other was only cancelled for it, and may well have ended before.
        await (sourceTask.IsCanceled ? targetTask : sourceTask).ConfigureAwait(false);
        await sourceTask.ConfigureAwait(false);
        await targetTask.ConfigureAwait(false);
    }

    /// <summary>Asks both sides; the answers.</summary>
    public static async Task<(T Source, T Target)> AskAsync<T>(Func<CancellationToken, Task<T>> source, Func<CancellationToken, Task<T>> target, CancellationToken cancellationToken)
    {
        var (ofSource, ofTarget) = (default(T), default(T));
        await RunAsync(
            async token => ofSource = await source(token).ConfigureAwait(false),
            async token => ofTarget = await target(token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return (ofSource!, ofTarget!);
    }

    /// <summary>On a thread of the pool, for a reader of a file never yields; cancels the other side where this one fails.</summary>
    private static Task RunAsync(Func<CancellationToken, Task> work, CancellationTokenSource either) => Task.Run(
        async () =>
        {
            try
            {
                await work(either.Token).ConfigureAwait(false);
            }
            catch
            {
                await either.CancelAsync().ConfigureAwait(false);
                throw;
            }
        },
        CancellationToken.None);
}
