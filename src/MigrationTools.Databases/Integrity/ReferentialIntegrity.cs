using System.Runtime.CompilerServices;
using System.Text;
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
        var keys = ForeignKeysOf.Request(request);
        var look = await Look.OpenAsync(request.Database, time, cancellationToken).ConfigureAwait(false);
        await using var ofDatabase = look.ConfigureAwait(false);
        for (var index = 0; index < keys.Count; index++)
        {
            observer.Report(new Progress("check references", index, keys.Count, "foreign keys"));
            yield return await CheckAsync(request, keys[index], look, cancellationToken).ConfigureAwait(false);
        }

        observer.Report(new Progress("check references", keys.Count, keys.Count, "foreign keys") { Completed = true });
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
        var parents = key.Parent is { } parent ? await look.RowsOfAsync(parent.Name, cancellationToken).ConfigureAwait(false) : null;
        var sql = new OrphanSql(key, children, parents, look.Database.Dialect);
        var (rows, ofRows) = await look.CountAsync(sql.CountRows, cancellationToken).ConfigureAwait(false);
        var (orphans, ofOrphans) = await look.CountAsync(sql.CountOrphans, cancellationToken).ConfigureAwait(false);
        var samples = orphans > 0 && request.SampleSize > 0
            ? await SampleAsync(sql, look, request.SampleSize, cancellationToken).ConfigureAwait(false)
            : [];
        return result with
        {
            Rows = rows,
            Orphans = orphans,
            Samples = samples,
            Verdict = orphans == 0 ? Verdict.Passed : Verdict.Failed,
            Notes = NotesOf(key, rows, samples),
            Evidence = [ofRows, ofOrphans with { Expected = "0" }],
        };
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> SampleAsync(
        OrphanSql sql, Look look, int size, CancellationToken cancellationToken)
    {
        var columns = sql.SampleColumns;
        var query = new RowQuery
        {
            Sql = sql.SelectOrphans,
            Columns = [.. columns.Select(name => new ReadColumn(name, new LogicalType(LogicalKind.Text)) { AsText = true })],
            Limit = size,
        };
        var reader = await look.Snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var batch = new RowBatch(columns.Count);
        var samples = new List<IReadOnlyDictionary<string, string?>>();
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                samples.Add(columns.Select((name, column) => (name, column)).ToDictionary(
                    cell => cell.name,
                    cell => batch.IsNull(row, cell.column) ? null : Encoding.UTF8.GetString(batch.BytesAt(row, cell.column))));
            }
        }

        return samples;
    }

    private static List<string> NotesOf(ForeignKeyToCheck key, long rows, IReadOnlyList<IReadOnlyDictionary<string, string?>> samples)
    {
        var notes = new List<string>();
        if (!key.Declared)
        {
            notes.Add("only the source declares this foreign key; the target does not enforce it");
        }

        if (key.Parent is null)
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
