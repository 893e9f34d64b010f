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

    /// <summary>Pages of rows that a pack may hold: 8 MB, as they lie there.</summary>
    private const double MostPages = 1024;

    /// <summary>Rows of a pack at the least and at the most: segments are made of some thousand.</summary>
    private const double FewestRows = 512;

    private const double MostRows = 32_768;

    private const double GuessedDensity = 32;

    /// <summary>A table this small is read as fast row by row.</summary>
    private const long LeastPages = 16;

    /// <summary>How rows come: many as one where they can be, or each as itself.</summary>
    private enum Form
    {
        Packed,
        Plain,
    }

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
                   c.reltuples / nullif(c.relpages, 0),
                   coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0),
                   (SELECT json_agg(a.attname) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND {PostgresCatalogSql.RefusesNull})
            FROM pg_class AS c
            WHERE c.oid = to_regclass($1)
            """,
            [_dialect.Quote(table)],
            doing,
            cancellationToken).ConfigureAwait(false);
        if (rows is not [["t", { } pagesText, var density, { } toasted, var names]]
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
            : PostgresPacking.OfSpans(query, columns!, MostRowsOf(density), only, _dialect);
    }

    // A page holds 8 KB of rows; where nobody counted how many there are on one, as if there were some dozens.
    private static int MostRowsOf(string? density) =>
        (int)Math.Clamp(MostPages * (density is null ? GuessedDensity : double.Parse(density, CultureInfo.InvariantCulture)), FewestRows, MostRows);

    private async Task<IRowReader> ReadPackedAsync(PostgresConnection connection, RowQuery query, PostgresPacking packing, string doing, CancellationToken cancellationToken)
    {
        if (packing.IsWorthCompiling)
        {
            _ = await connection.ExecuteAsync(Compiling, [], doing, cancellationToken).ConfigureAwait(false);
        }

        var stream = await connection.CopyAsync($"COPY (\n{packing.Sql}\n) TO STDOUT (FORMAT BINARY)", doing, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var wires = Enumerable.Repeat(PostgresWire.Bytea, packing.FieldCount).ToArray();
        wires[0] = PostgresWire.Int8;
        var packs = new PostgresPackedReader(new PostgresRowReader(connection, stream, wires, doing, packing.IsWorthCompiling ? EndCompilingAsync : ReturnAsync), packing, doing);
        return query.Spans is { } spans ? new PostgresSpanReader(packs, spans.Spans, (rest, token) => ReadAsync(query with { Spans = spans with { Spans = rest } }, Form.Plain, token)) : packs;
    }

    // Not used again: what is read next is not worth compiling.
    private ValueTask EndCompilingAsync(PostgresConnection connection, bool usable) => ReturnAsync(connection, usable: false);
}
