using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Integrity;

/// <summary>One database seen at one moment: asks it, and keeps as evidence exactly what was asked and answered.</summary>
internal sealed class Look : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<TableName, string> _rowsOf = new();

    private Look(IDatabase database, IDatabaseSnapshot snapshot, TimeProvider time)
    {
        Database = database;
        Snapshot = snapshot;
        _time = time;
    }

    public IDatabase Database { get; }

    public IDatabaseSnapshot Snapshot { get; }

    /// <exception cref="DatabaseException">The database is not there or refuses.</exception>
    public static async Task<Look> OpenAsync(IDatabase database, TimeProvider time, CancellationToken cancellationToken) =>
        new(database, await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false), time);

    /// <summary>
    /// The table as it stands after FROM: its own rows, as copying takes them. In PostgreSQL a table that others inherit from gives their rows
    /// too unless told ONLY; they are tables of their own.
    /// </summary>
    public async Task<string> RowsOfAsync(TableName table, CancellationToken cancellationToken)
    {
        if (_rowsOf.TryGetValue(table, out var known))
        {
            return known;
        }

        var quoted = Database.Dialect.Quote(table);
        var inherited = Database.Dialect.Name == "postgresql" && await Snapshot.ScalarAsync(
            $"SELECT 1 FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass({PostgresLiteral.Quote(quoted)}) AND relkind = 'r' AND relhassubclass",
            cancellationToken).ConfigureAwait(false) is not null;
        return _rowsOf[table] = inherited ? $"ONLY {quoted}" : quoted;
    }

    /// <summary>Whether the server has a table that the schema does not list: a partition, or one of an extension (PostgreSQL).</summary>
    public async Task<bool> HasUnlistedAsync(TableName table, CancellationToken cancellationToken) =>
        Database.Dialect.Name == "postgresql" && await Snapshot.ScalarAsync(
            $"SELECT 1 FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass({PostgresLiteral.Quote(Database.Dialect.Quote(table))}) AND relkind IN ('r', 'p')",
            cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Rows of a query, each value as the server's text under its column's name.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> ReadTextsAsync(
        string sql, IReadOnlyList<string> columns, int? limit, CancellationToken cancellationToken)
    {
        var query = new RowQuery
        {
            Sql = sql,
            Columns = [.. columns.Select(name => new ReadColumn(name, new LogicalType(LogicalKind.Text)) { AsText = true })],
            Limit = limit,
        };
        var reader = await Snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var batch = new RowBatch(columns.Count);
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                rows.Add(columns.Select((name, column) => (name, column)).ToDictionary(
                    cell => cell.name,
                    cell => batch.IsNull(row, cell.column) ? null : Encoding.UTF8.GetString(batch.BytesAt(row, cell.column))));
            }
        }

        return rows;
    }

    /// <summary>Exact number of the table's own rows.</summary>
    public async Task<(long Value, Evidence Evidence)> CountRowsAsync(TableName table, CancellationToken cancellationToken) =>
        await CountAsync($"SELECT count(*) FROM {await RowsOfAsync(table, cancellationToken).ConfigureAwait(false)}", cancellationToken).ConfigureAwait(false);

    public async Task<(string? Value, Evidence Evidence)> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        var value = await Snapshot.ScalarAsync(sql, cancellationToken).ConfigureAwait(false);
        return (value, Seen(sql, value, at));
    }

    /// <summary>The answer to a person's query; what gives more than one value is seen as how much it gives.</summary>
    public async Task<(QueryAnswer Answer, Evidence Evidence)> AskAsync(string sql, CancellationToken cancellationToken)
    {
        var at = _time.GetUtcNow();
        var answer = await Snapshot.AskAsync(sql, cancellationToken).ConfigureAwait(false);
        return (answer, Seen(sql, answer.IsOneValue ? answer.Value : answer.Shape, at));
    }

    public async Task<(long Value, Evidence Evidence)> CountAsync(string sql, CancellationToken cancellationToken)
    {
        var (value, evidence) = await ScalarAsync(sql, cancellationToken).ConfigureAwait(false);
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            ? (count, evidence)
            : throw new DatabaseException(Engine.ErrorIds.DatabaseError, $"{Database.Endpoint} answered '{value}' where a count was asked for: {sql}");
    }

    public Evidence Seen(string sql, string? value) => Seen(sql, value, _time.GetUtcNow());

    public ValueTask DisposeAsync() => Snapshot.DisposeAsync();

    // The state that was looked at is a comment, so that the statement can be pasted as it is.
    private Evidence Seen(string sql, string? value, DateTimeOffset at) =>
        new($"{EndpointRedaction.Redact(sql)}\n-- at {Snapshot.Position}", value, at) { Endpoint = Database.Endpoint.Redacted };
}
