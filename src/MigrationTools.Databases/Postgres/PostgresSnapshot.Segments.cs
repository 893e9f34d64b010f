using System.Globalization;
using System.Text.Json;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <content>How a key's values lie.</content>
internal sealed partial class PostgresSnapshot
{
    /// <summary>Pages of a sample: each is taken or not by chance, and none at all would be no sample.</summary>
    private const int FewestPages = 64;

    /// <summary>Keys of a sample for each that was asked for.</summary>
    private const int MostOfSample = 4;

    // The planner goes by the table's size of this moment; what pg_class says is as old as the last ANALYZE (chapter 76.1, "Row Estimation Examples").
    public async Task<long?> EstimateAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await QueryAsync(query, only => $"EXPLAIN (FORMAT JSON) {PostgresSelect.Rows(query, _dialect, only)}", cancellationToken).ConfigureAwait(false);
        using var plan = JsonDocument.Parse(rows[0][0]!);
        return (long)Math.Min(plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble(), long.MaxValue / 4);
    }

    // 1.50 and 1.5, 0 and −0, 'a' and 'a ' are equal and come as other bytes; a scale makes all numbers of a column alike, and a length all texts.
    public bool HashesAsItComes(LogicalType type) => type switch
    {
        { Kind: LogicalKind.Float32 or LogicalKind.Float64 } => false,
        { Kind: LogicalKind.Decimal } => type.Scale is not null,
        { Kind: LogicalKind.Char } => type.Length is not null,
        _ => true,
    };

    public async Task<(long Least, long Largest)?> BoundsAsync(RowQuery query, string column, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await QueryAsync(
            query,
            only =>
            {
                var key = KeyOf(query, column);
                return $"SELECT min({key}), max({key}){PostgresSelect.Body(query, _dialect, only)}";
            },
            cancellationToken).ConfigureAwait(false);
        return rows[0] is [{ } least, { } largest] ? (Number(least), Number(largest)) : null;
    }

    public async Task<IReadOnlyList<long>> SampleAsync(RowQuery query, string column, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query is not { Table: { } table, Where: null, Range: null })
        {
            return [];
        }

        // Whole pages, so many that there are about enough rows on them, and that chance leaves some; a table that is no heap has no pages to take.
        if (await SizeAsync(query, cancellationToken).ConfigureAwait(false) is not { } pages)
        {
            return [];
        }

        var estimate = Math.Max(1, await EstimateAsync(query, cancellationToken).ConfigureAwait(false) ?? 1);
        var percent = Math.Clamp(Math.Max(100.0 * count * 2 / estimate, 100.0 * FewestPages / Math.Max(1, pages)), 0.0001, 100).ToString("0.####", CultureInfo.InvariantCulture);
        var key = _dialect.Quote(column);

        // A guess that is far too low must not bring all keys here.
        var rows = await QueryAsync(
            query,
            only => $"SELECT {key} FROM {(only ? "ONLY " : "")}{_dialect.Quote(table)} TABLESAMPLE SYSTEM ({percent}) ORDER BY random() LIMIT {count * MostOfSample}",
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => Number(row[0]!)).Order()];
    }

    public async Task<int?> CountActiveSessionsAsync(CancellationToken cancellationToken)
    {
        const string doing = "Counting active sessions";
        var rows = await WithConnectionAsync(
            async connection =>
            {
                // Within a transaction the first look would be the answer to all (PostgreSQL documentation, 28.2.2, "Viewing Statistics").
                _ = await connection.QueryAsync("SELECT pg_catalog.pg_stat_clear_snapshot()", [], doing, cancellationToken).ConfigureAwait(false);
                return await connection.QueryAsync(
                    "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid() AND application_name IS DISTINCT FROM pg_catalog.current_setting('application_name')",
                    [],
                    doing,
                    cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return rows[0][0] is { } count ? (int)Number(count) : null;
    }

    /// <summary>Pages of a table; null of what has none that a range of can be read: a view, a table in partitions or of another access method, an older server.</summary>
    internal async Task<long?> PagesAsync(RowQuery query, CancellationToken cancellationToken) =>
        _first.ServerMajor >= PageRangesVersion ? await SizeAsync(query, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Pages of a table whose access method has any.</summary>
    private async Task<long?> SizeAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var table = query.Table ?? throw new ArgumentException("Only a table has pages.", nameof(query));
        var rows = await QueryAsync(
            query,
            _ => $"""
                SELECT pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int
                FROM pg_catalog.pg_class AS c
                WHERE c.oid = pg_catalog.to_regclass({PostgresLiteral.Quote(_dialect.Quote(table))}) AND {IsPaged}
                """,
            cancellationToken).ConfigureAwait(false);
        return rows is [[{ } pages]] ? Number(pages) : null;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private string KeyOf(RowQuery query, string column) => PostgresSelect.Value(query, query.Columns.First(read => read.Name == column), _dialect);

    /// <summary>The text of a few values about a table.</summary>
    internal Task<List<string?[]>> QueryAsync(RowQuery query, Func<bool, string> sql, CancellationToken cancellationToken)
    {
        var doing = $"Reading {query.Table?.ToString() ?? "a query"}";
        return WithConnectionAsync(
            async connection =>
            {
                var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
                return await connection.QueryAsync(sql(only), [], doing, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }
}
