using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <content>Rows that come packed.</content>
internal sealed partial class PostgresSnapshot
{
    /// <summary>The first version that reads a range of pages without looking at the others (release notes of 14, "TID range scan").</summary>
    private const int PageRangesVersion = 14;

    /// <summary>Of a table c that ranges of pages can be read of: another access method may have no way to, and would read the whole for each.</summary>
    private const string IsPaged = "c.relkind = 'r' AND c.relam = (SELECT m.oid FROM pg_catalog.pg_am AS m WHERE m.amname = 'heap')";

    /// <summary>Values put aside by the server are large: a run of pages could hold more of them than fit into one value.</summary>
    private const long MostToasted = 16 * 1024 * 1024;

    /// <summary>A table this small is read as fast row by row.</summary>
    private const long LeastPages = 16;

    private async Task<PostgresPacking?> PackAsync(
        PostgresConnection connection, RowQuery query, PostgresWire[] wires, bool only, string doing, CancellationToken cancellationToken)
    {
        if (query is not { Table: { } table, Sql: null, OrderBy: [], Limit: null, After: null, Range: null, Keys: null } || wires.Contains(PostgresWire.Opaque))
        {
            return null;
        }

        if (query.Spans is null && connection.ServerMajor < PageRangesVersion)
        {
            return null;
        }

        var rows = await connection.QueryAsync(
            $"""
            SELECT {IsPaged} AND current_setting('server_encoding') = 'UTF8',
                   pg_relation_size(c.oid) / current_setting('block_size')::int,
                   coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0),
                   (SELECT json_agg(a.attname) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull)
            FROM pg_class AS c
            WHERE c.oid = to_regclass($1)
            """,
            [_dialect.Quote(table)],
            doing,
            cancellationToken).ConfigureAwait(false);
        if (rows is not [["t", { } pagesText, { } toasted, var names]]
            || long.Parse(toasted, CultureInfo.InvariantCulture) > MostToasted
            || long.Parse(pagesText, CultureInfo.InvariantCulture) is var pages && pages < LeastPages)
        {
            return null;
        }

        var required = PostgresNames.Of(names).ToHashSet();
        var types = await connection.DescribeAsync(PostgresSelect.Rows(query, _dialect, only), doing, cancellationToken).ConfigureAwait(false);
        var columns = query.Columns.Select((column, index) => PostgresPackedColumn.Of(types[index], column.Expression is not null || !required.Contains(column.Name))).ToList();
        if (columns.Contains(null))
        {
            return null;
        }

        return query.Spans is null
            ? PostgresPacking.OfPages(query, columns!, pages, _dialect)
            : PostgresPacking.OfSpans(query, columns!, only, _dialect);
    }

    private async Task<IRowReader> ReadPackedAsync(PostgresConnection connection, PostgresPacking packing, string doing, CancellationToken cancellationToken)
    {
        if (packing.IsWorthCompiling)
        {
            _ = await connection.ExecuteAsync(Compiling, [], doing, cancellationToken).ConfigureAwait(false);
        }

        var stream = await connection.CopyAsync($"COPY (\n{packing.Sql}\n) TO STDOUT (FORMAT BINARY)", doing, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var wires = Enumerable.Repeat(PostgresWire.Bytea, packing.FieldCount).ToArray();
        wires[0] = PostgresWire.Int8;
        return new PostgresPackedReader(new PostgresRowReader(connection, stream, wires, doing, packing.IsWorthCompiling ? EndCompilingAsync : ReturnAsync), packing, doing);
    }

    // Not used again: what is read next is not worth compiling.
    private ValueTask EndCompilingAsync(PostgresConnection connection, bool usable) => ReturnAsync(connection, usable: false);
}
