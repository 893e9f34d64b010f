using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Integrity;

/// <summary>
/// Looks for rows that refer to nothing, by every foreign key that a database declares and by those that its source declared and
/// it lost, all in one consistent snapshot. Data loaded while constraints were off or deferred is seen for what it is.
/// </summary>
/// <remarks>Values are compared by the server's own =; in SQLite by the collation and the affinity of the parent's column, as its foreign keys compare them.</remarks>
public sealed class ReferentialIntegrity(TimeProvider time)
{
    /// <summary>Streams a result a foreign key. One that can't be looked at is an Error, and the next one is.</summary>
    /// <exception cref="DatabaseException">The database can't be reached at all.</exception>
    public async IAsyncEnumerable<ReferentialResult> CheckAsync(
        ReferentialRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentOutOfRangeException.ThrowIfNegative(request.SampleSize);
        var look = await Look.OpenAsync(request.Database, time, cancellationToken).ConfigureAwait(false);
        await using var ofDatabase = look.ConfigureAwait(false);
        ForeignKeyToCheck[] keys = [.. ForeignKeysOf.Request(request), .. await ForeignKeysOfPartitions.ReadAsync(request, look, cancellationToken).ConfigureAwait(false)];
        for (var index = 0; index < keys.Length; index++)
        {
            observer.Report(new Progress("check references", index, keys.Length, "foreign keys"));
            yield return await CheckAsync(request, keys[index], look, cancellationToken).ConfigureAwait(false);
        }

        observer.Report(new Progress("check references", keys.Length, keys.Length, "foreign keys") { Completed = true });
    }

    private async Task<ReferentialResult> CheckAsync(ReferentialRequest request, ForeignKeyToCheck key, Look look, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = Bare(request, key);
        if (key.Unfollowed is { } unfollowed)
        {
            return result with { Verdict = unfollowed.Verdict, Notes = [unfollowed.Why] };
        }

        try
        {
            result = await LookAsync(request, key, look, result, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException broken)
        {
            result = result with { Verdict = Verdict.Error, Notes = [broken.Message] };
        }

        return result with { DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds };
    }

    private static async Task<ReferentialResult> LookAsync(
        ReferentialRequest request, ForeignKeyToCheck key, Look look, ReferentialResult result, CancellationToken cancellationToken)
    {
        var children = await look.RowsOfAsync(key.Table.Name, cancellationToken).ConfigureAwait(false);
        var parent = key.Parent?.Name ?? key.Key.References;
        var parents = key.Parent is not null || await look.HasUnlistedAsync(parent, cancellationToken).ConfigureAwait(false)
            ? await look.RowsOfAsync(parent, cancellationToken).ConfigureAwait(false)
            : null;
        var sql = new OrphanSql(key, children, parents, look.Database.Dialect);
        var (rows, ofRows) = await look.CountAsync(sql.CountRows, cancellationToken).ConfigureAwait(false);
        var (orphans, ofOrphans) = await look.CountAsync(sql.CountOrphans, cancellationToken).ConfigureAwait(false);
        var samples = orphans > 0 && request.SampleSize > 0
            ? await look.ReadTextsAsync(sql.SelectOrphans, sql.SampleColumns, request.SampleSize, cancellationToken).ConfigureAwait(false)
            : [];
        return result with
        {
            Rows = rows,
            Orphans = orphans,
            Samples = samples,
            Verdict = orphans == 0 ? Verdict.Passed : Verdict.Failed,
            Notes = NotesOf(key, parents is not null, rows, samples),
            Evidence = [ofRows, ofOrphans with { Expected = "0" }],
        };
    }

    private static List<string> NotesOf(ForeignKeyToCheck key, bool hasParent, long rows, IReadOnlyList<IReadOnlyDictionary<string, string?>> samples)
    {
        var notes = new List<string>();
        if (!key.Declared)
        {
            notes.Add("only the source declares this foreign key; the target does not enforce it");
        }

        if (!hasParent)
        {
            notes.Add($"there is no table {key.Key.References}");
        }

        if (rows == 0)
        {
            notes.Add("the table is empty");
        }

        if (samples.Count > 0)
        {
            notes.Add("such as " + string.Join(", ", samples.Select(Text)));
        }

        return notes;
    }

    private static string Text(IReadOnlyDictionary<string, string?> sample) =>
        "(" + string.Join(", ", sample.Select(cell => $"{cell.Key} = {cell.Value ?? "NULL"}")) + ")";

    private static ReferentialResult Bare(ReferentialRequest request, ForeignKeyToCheck key) => new()
    {
        System = request.System,
        Side = request.Side,
        Table = key.Table.Name.ToString(),
        ForeignKey = key.Name,
        Columns = key.Key.Columns,
        References = key.Key.References.ToString(),
        ReferencedColumns = key.Key.ReferencedColumns,
        Declared = key.Declared,
        Verdict = Verdict.NotRun,
    };
}
