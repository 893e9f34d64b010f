using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Schema;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// A copy without a run: tables that are missing are made, keys and indexes are put aside and back, rows copied. A copy that was cut
/// off goes on when the same one is asked for again, from wherever; what it must know then lies in the target, and nothing of that is left once it is done.
/// </summary>
/// <param name="catalog">Opens the databases.</param>
/// <param name="layouts">Resolves them.</param>
/// <param name="copier">Copies the rows.</param>
/// <param name="rejectedDirectory">Where rejected rows are kept, in a directory of each copy.</param>
public sealed class DirectCopy(DatabaseCatalog catalog, DatabaseLayouts layouts, DatabaseCopier copier, string rejectedDirectory)
{
    /// <exception cref="InvalidRequestException">The tables do not fit together, or a target table holds rows that this copy did not bring.</exception>
    public async IAsyncEnumerable<TableCopyResult> CopyAsync(
        DatabaseSystemSpec system, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        var source = catalog.Open(system.Source);
        await using var disposeSource = source.ConfigureAwait(false);
        var target = catalog.Open(system.Target);
        await using var disposeTarget = target.ConfigureAwait(false);
        var planned = await layouts.ResolvePlannedAsync(system, cancellationToken).ConfigureAwait(false);
        if (planned.Pairing.Problems.Count > 0)
        {
            throw new InvalidRequestException(
                $"{system.Source} and {system.Target} do not fit together:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", planned.Pairing.Problems)}");
        }

        if (planned.Pairs.Count == 0)
        {
            throw new InvalidRequestException($"{system.Source} has no table to copy: nothing matches {string.Join(", ", system.Include)}{(system.Exclude.Count > 0 ? $" without {string.Join(", ", system.Exclude)}" : "")}.");
        }

        foreach (var note in planned.Change?.Notes ?? [])
        {
            observer.Logger.LogWarning("Not made in {Target}: {Note}", system.Target.Redacted, note);
        }

        await MakeSchemaAsync(target, planned.Change, cancellationToken).ConfigureAwait(false);
        var layout = await layouts.ResolveAsync(system, cancellationToken).ConfigureAwait(false);
        var copyId = await CopyIdAsync(source, cancellationToken).ConfigureAwait(false);
        await RefuseForeignRowsAsync(target, layout, copyId, cancellationToken).ConfigureAwait(false);
        var suspended = await PutAsideAsync(target, layout, copyId, cancellationToken).ConfigureAwait(false);
        await ConstraintSuspension.SuspendAsync(target, suspended, cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new CopyOptions
            {
                Parallelism = system.Copy.Parallelism,
                ChunkRows = system.Copy.ChunkRows,
                MaxRejected = system.Copy.MaxRejected,
                MaxRowsPerSecond = system.Copy.MaxRowsPerSecond,
                CopyId = copyId,
                RejectedDirectory = Path.Combine(rejectedDirectory, NameOf(system)),
            };
            await foreach (var table in copier.CopyAsync(source, target, layout.Pairs, options, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return table;
            }
        }
        finally
        {
            // Also when it was cancelled or broke: the target is not left without its keys if that can be helped.
            await ConstraintSuspension.RestoreAsync(target, suspended, CancellationToken.None).ConfigureAwait(false);
            await KeptConstraints.RemoveAsync(target, copyId, CancellationToken.None).ConfigureAwait(false);
        }

        await DatabaseCopier.AdvanceIdentitiesAsync(target, layout.Pairs, cancellationToken).ConfigureAwait(false);
        await SequencePositions.FollowAsync(source, target, layout.Pairs, cancellationToken).ConfigureAwait(false);
        await CopyProgress.RemoveAsync(target, copyId, cancellationToken).ConfigureAwait(false);
    }

    // What is written names another database in another directory; of such a one the bookmarks say nothing.
    private static async Task<string> CopyIdAsync(IDatabase source, CancellationToken cancellationToken) =>
        $"copy {source.Endpoint.Redacted} {(await DatabaseIdentity.OfAsync(source, cancellationToken).ConfigureAwait(false)).Hash[..16]}";

    // Of its own for every two endpoints: another copy from the same place must not take this one's files for its own.
    private static string NameOf(DatabaseSystemSpec system) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{system.Source.Redacted}\n{system.Target.Redacted}"))).ToLowerInvariant()[..16];

    /// <summary>What an attempt before put aside, or what this one is to; kept in the target before any of it is gone.</summary>
    private static async Task<SuspendedConstraints> PutAsideAsync(IDatabase target, DatabaseLayout layout, string copyId, CancellationToken cancellationToken)
    {
        if (await KeptConstraints.ReadAsync(target, copyId, cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        var suspended = await ConstraintSuspension.PlanAsync(target, [.. layout.Pairs.Select(pair => pair.Target.Name)], cancellationToken).ConfigureAwait(false);
        await KeptConstraints.WriteAsync(target, copyId, suspended, cancellationToken).ConfigureAwait(false);
        return suspended;
    }

    private static async Task MakeSchemaAsync(IDatabase target, SchemaChange? change, CancellationToken cancellationToken)
    {
        if (change is null)
        {
            return;
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var sql in change.Statements)
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RefuseForeignRowsAsync(IDatabase target, DatabaseLayout layout, string copyId, CancellationToken cancellationToken)
    {
        var progress = await CopyProgress.ReadAsync(target, copyId, cancellationToken).ConfigureAwait(false);
        var begun = progress.Tables.ToDictionary(table => table.Table, table => table.Rows, StringComparer.Ordinal);
        var snapshot = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        foreach (var pair in layout.Pairs)
        {
            var rows = await snapshot.CountAsync(pair.TargetQuery(), cancellationToken).ConfigureAwait(false);
            if (begun.TryGetValue(pair.TargetName, out var copied) && rows != copied)
            {
                throw new InvalidRequestException(
                    $"{target.Endpoint}: table '{pair.TargetName}' holds {rows} rows, and the copy that is to be gone on with had brought {copied}: somebody changed it since. Nothing was copied. To begin anew, empty the tables and drop {TablePairing.ProgressTable} there.");
            }

            if (rows > 0 && !begun.ContainsKey(pair.TargetName))
            {
                throw new InvalidRequestException($"{target.Endpoint}: table '{pair.TargetName}' holds {rows} rows already. Nothing was copied: empty it, or exclude it.");
            }
        }
    }
}
