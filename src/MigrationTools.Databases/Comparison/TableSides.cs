using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>The two sides of a table, read at the same time; where one fails, the other is stopped and the failure thrown.</summary>
internal sealed class TableSides(IDatabaseSnapshot source, IDatabaseSnapshot target, TablePair pair, ComparisonLayout layout, RowTally tally)
{
    public ComparisonLayout Layout => layout;

    public Task<(TableDigest Source, TableDigest Target)> DigestAsync(ulong seed, CancellationToken cancellationToken) =>
        BothAsync(Source(seed).DigestAsync, Target(seed).DigestAsync, cancellationToken);

    public Task<(TableDigest Source, TableDigest Target)> CollectAsync(
        ulong seed,
        bool[] buckets,
        RowSorter sourceRows,
        RowSorter targetRows,
        CancellationToken cancellationToken) => BothAsync(
            token => Source(seed).CollectAsync(buckets, sourceRows, token),
            token => Target(seed).CollectAsync(buckets, targetRows, token),
            cancellationToken);

    private static async Task<(TableDigest Source, TableDigest Target)> BothAsync(
        Func<CancellationToken, Task<TableDigest>> readSource,
        Func<CancellationToken, Task<TableDigest>> readTarget,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sourceTask = RunAsync(readSource, either);
        var targetTask = RunAsync(readTarget, either);

        await ((Task)Task.WhenAll(sourceTask, targetTask)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // The one that failed is the reason; the other was only cancelled for it, and may well have ended before.
        await (sourceTask.IsCanceled ? targetTask : sourceTask).ConfigureAwait(false);
        return (await sourceTask.ConfigureAwait(false), await targetTask.ConfigureAwait(false));
    }

    /// <summary>On a thread of the pool, for a reader of a file never yields; cancels the other side where this one fails.</summary>
    private static Task<TableDigest> RunAsync(Func<CancellationToken, Task<TableDigest>> read, CancellationTokenSource either) => Task.Run(
        async () =>
        {
            try
            {
                return await read(either.Token).ConfigureAwait(false);
            }
            catch
            {
                await either.CancelAsync().ConfigureAwait(false);
                throw;
            }
        },
        CancellationToken.None);

    private SideReader Source(ulong seed) => new(source, layout.SourceQuery(pair), layout.SourceEncoder(seed), tally);

    private SideReader Target(ulong seed) => new(target, layout.TargetQuery(pair), layout.TargetEncoder(seed), tally);
}
