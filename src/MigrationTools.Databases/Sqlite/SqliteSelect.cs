using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Turns a <see cref="RowQuery"/> into SQLite's SELECT. The cells of <see cref="RowQuery.After"/> become ?1, ?2 …</summary>
internal static class SqliteSelect
{
    public static string Rows(RowQuery query, SqliteDialect dialect)
    {
        var sql = new StringBuilder("SELECT ");
        for (var index = 0; index < query.Columns.Count; index++)
        {
            _ = sql.Append(index == 0 ? string.Empty : ", ").Append(Value(query, query.Columns[index], dialect));
        }

        AppendSource(sql, query, dialect);
        AppendConditions(sql, query, dialect);
        if (query.OrderBy.Count > 0)
        {
            _ = sql.Append("\nORDER BY ").AppendJoin(", ", query.OrderBy.Select(name => Qualified(query, name, dialect)));
        }

        if (query.Limit is { } limit)
        {
            _ = sql.Append("\nLIMIT ").Append(limit.ToString(CultureInfo.InvariantCulture));
        }

        return sql.ToString();
    }

    /// <summary>The least or largest value of a column.</summary>
    public static string End(RowQuery query, string column, string function, SqliteDialect dialect)
    {
        var sql = new StringBuilder("SELECT ").Append(function).Append('(').Append(KeyColumns(query, [column], dialect)).Append(')');
        AppendSource(sql, query, dialect);
        AppendConditions(sql, query, dialect);
        return sql.ToString();
    }

    public static string Count(RowQuery query, SqliteDialect dialect)
    {
        if (query.Limit is not null)
        {
            return $"SELECT count(*) FROM (\n{Rows(query with { OrderBy = query.After is null ? [] : query.OrderBy }, dialect)}\n)";
        }

        var sql = new StringBuilder("SELECT count(*)");
        AppendSource(sql, query, dialect);
        AppendConditions(sql, query, dialect);
        return sql.ToString();
    }

    // User SQL is closed on a line of its own, for it may end in a comment.
    private static string Value(RowQuery query, ReadColumn column, SqliteDialect dialect)
    {
        var value = column.Expression is { } expression ? $"(\n{expression}\n)" : Qualified(query, column.Name, dialect);
        return column.AsText ? $"CAST({value} AS TEXT)" : value;
    }

    private static void AppendSource(StringBuilder sql, RowQuery query, SqliteDialect dialect)
    {
        _ = sql.Append("\nFROM ");
        if (query.Spans is { } spans)
        {
            _ = sql.Append("(SELECT column1 AS ").Append(SpanAfter).Append(", column2 AS ").Append(SpanUpTo).Append(" FROM (VALUES ").Append(SpanRows(spans)).Append(")) AS ").Append(SpanAlias).Append("\nCROSS JOIN ");
        }

        _ = query.Sql is { } inner
            ? sql.Append("(\n").Append(inner.TrimEnd().TrimEnd(';')).Append("\n) AS ").Append(dialect.Quote(QueryAlias))
            : sql.Append(dialect.Quote(TableOf(query)));
    }

    private static void AppendConditions(StringBuilder sql, RowQuery query, SqliteDialect dialect)
    {
        var word = "\nWHERE ";
        foreach (var condition in Conditions(query, dialect))
        {
            _ = sql.Append(word).Append(condition);
            word = "\nAND ";
        }
    }

    // In the order of Parameters.
    private static IEnumerable<string> Conditions(RowQuery query, SqliteDialect dialect)
    {
        var bound = 0;
        string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => $"?{++bound}"));
        if (query.Where is { } where)
        {
            yield return $"(\n{where}\n)";
        }

        if (query.After is not null)
        {
            yield return $"({string.Join(", ", query.OrderBy.Select(name => Qualified(query, name, dialect)))}) > ({Places(query.OrderBy.Count)})";
        }

        if (query.Range is { } range)
        {
            var columns = KeyColumns(query, range.Columns, dialect);
            if (range.After is not null)
            {
                yield return $"({columns}) > ({Places(range.Columns.Count)})";
            }

            if (range.UpTo is not null)
            {
                yield return $"({columns}) <= ({Places(range.Columns.Count)})";
            }
        }

        if (query.Keys is { } keys)
        {
            var rows = Enumerable.Range(0, keys.Keys.RowCount).Select(_ => $"({Places(keys.Columns.Count)})").ToList();
            yield return $"({KeyColumns(query, keys.Columns, dialect)}) IN (VALUES {string.Join(", ", rows)})";
        }

        if (query.Spans is { } spans)
        {
            var column = KeyColumns(query, [spans.Column], dialect);
            yield return $"{column} > {SpanAlias}.{SpanAfter} AND {column} <= {SpanAlias}.{SpanUpTo}";
        }
    }

    // Spans stand before the table in a join that SQLite leaves in its order (lang_select.html, "CROSS JOIN"), so that each is looked up in the table's tree.
    private static string SpanRows(KeySpans spans) => string.Join(", ", spans.Spans.Select(span => string.Create(
        CultureInfo.InvariantCulture, $"({(span.After is { } after ? after : "-9e999")}, {(span.UpTo is { } upTo ? upTo : "x'ff'")})")));

    private static string KeyColumns(RowQuery query, IReadOnlyList<string> names, SqliteDialect dialect) =>
        string.Join(", ", names.Select(name => Value(query, query.Columns.First(column => column.Name == name), dialect)));

    // A bare name in ORDER BY would mean the result's column where one has it, such as an expression under that name.
    private static string Qualified(RowQuery query, string column, SqliteDialect dialect) =>
        dialect.Quote(query.Sql is null ? TableOf(query).Name : QueryAlias) + "." + dialect.Quote(column);

    private static TableName TableOf(RowQuery query) =>
        query.Table ?? throw new ArgumentException("A row query needs a table or SQL.", nameof(query));

    /// <summary>The rows whose cells are bound, in order: of a key to go on after, of a range's ends, of a list of keys.</summary>
    public static IEnumerable<(RowBatch Cells, int Row)> Parameters(RowQuery query)
    {
        if (query.After is { } after)
        {
            yield return (after, 0);
        }

        if (query.Range?.After is { } begin)
        {
            yield return (begin, 0);
        }

        if (query.Range?.UpTo is { } end)
        {
            yield return (end, 0);
        }

        for (var row = 0; row < (query.Keys?.Keys.RowCount ?? 0); row++)
        {
            yield return (query.Keys!.Keys, row);
        }
    }

    private const string QueryAlias = "query";
    private const string SpanAlias = "migrationtools_span";

    // Names that no table has by chance, for a condition may name a column without its table.
    private const string SpanAfter = "migrationtools_span_after";
    private const string SpanUpTo = "migrationtools_span_up_to";
}
