using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <content>How a key's values lie.</content>
internal sealed partial class SqliteSnapshot
{
    public string Engine => "SQLite";

    public Task<long?> EstimateAsync(RowQuery query, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    // A column's affinity leaves a number one form (datatype3.html, "Type Affinity").
    public bool HashesAsItComes(LogicalType type) => true;

    // One statement for each end: SQLite looks only a lone min or max up in an index (optoverview.html, "MIN/MAX optimization").
    public Task<(long Least, long Largest)?> BoundsAsync(RowQuery query, string column, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return WithConnectionAsync(
            (connection, token) => End(connection, query, column, "min", token) is { } least && End(connection, query, column, "max", token) is { } largest
                ? (least, largest)
                : ((long, long)?)null,
            cancellationToken);
    }

    public Task<IReadOnlyList<long>> SampleAsync(RowQuery query, string column, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>([]);

    public Task<int?> CountActiveSessionsAsync(CancellationToken cancellationToken) => Task.FromResult<int?>(null);

    private long? End(SqliteConnectionHandle connection, RowQuery query, string column, string function, CancellationToken cancellationToken)
    {
        var doing = $"Reading {query.Table?.ToString() ?? "a query"}";
        using var statement = connection.Prepare(SqliteSelect.End(query, column, function, _dialect), doing);
        BindKeys(connection, statement, query, doing);
        _ = connection.Step(statement, doing, cancellationToken);
        return raw.sqlite3_column_type(statement, 0) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, 0) : null;
    }
}
