using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Turns a <see cref="RowQuery"/> into PostgreSQL's SELECT. COPY takes no parameters, so the cells of <see cref="RowQuery.After"/> become
/// quoted literals made of their typed bytes; the server reads each as the type of the column beside it.
/// </summary>
internal static class PostgresSelect
{
    private const string QueryAlias = "query";

    /// <param name="query">What to read.</param>
    /// <param name="dialect">Quotes.</param>
    /// <param name="only">Leaves out the rows of tables that inherit from this one: they are tables of their own.</param>
    public static string Rows(RowQuery query, PostgresDialect dialect, bool only)
    {
        var sql = new StringBuilder("SELECT ");
        for (var index = 0; index < query.Columns.Count; index++)
        {
            _ = sql.Append(index == 0 ? string.Empty : ", ").Append(Value(query, query.Columns[index], dialect));
        }

        AppendSource(sql, query, dialect, only);
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

    /// <summary>The rows of a query as FROM and WHERE, without its columns and its order; where it has a limit, some rows of as many.</summary>
    public static string Body(RowQuery query, PostgresDialect dialect, bool only, params string[] conditions)
    {
        var sql = new StringBuilder();
        if (query.Limit is { } limit)
        {
            _ = sql.Append("\nFROM (SELECT *");
            AppendSource(sql, query, dialect, only);
            AppendConditions(sql, query, dialect, conditions);
            return sql.Append("\nLIMIT ").Append(limit.ToString(CultureInfo.InvariantCulture)).Append(") AS ").Append(dialect.Quote(NameOf(query))).ToString();
        }

        AppendSource(sql, query, dialect, only);
        AppendConditions(sql, query, dialect, conditions);
        return sql.ToString();
    }

    public static string Count(RowQuery query, PostgresDialect dialect, bool only)
    {
        if (query.Limit is not null)
        {
            return $"SELECT count(*) FROM (\n{Rows(query with { Columns = [] }, dialect, only)}\n) AS counted";
        }

        var sql = new StringBuilder("SELECT count(*)");
        AppendSource(sql, query, dialect, only);
        AppendConditions(sql, query, dialect);
        return sql.ToString();
    }

    // User SQL is closed on a line of its own, for it may end in a comment.
    public static string Value(RowQuery query, ReadColumn column, PostgresDialect dialect)
    {
        var value = column.Expression is { } expression ? $"(\n{expression}\n)" : Qualified(query, column.Name, dialect);
        return !column.AsText ? value
            : column.Type.Kind != LogicalKind.Opaque ? value + "::pg_catalog.text"
            // What the server gives out, which a cast to text is not of every type: that of an inet adds a mask.
            : $"CASE WHEN {value} IS DISTINCT FROM NULL THEN pg_catalog.format('%s', {value}) END";
    }

    private static void AppendSource(StringBuilder sql, RowQuery query, PostgresDialect dialect, bool only)
    {
        _ = sql.Append("\nFROM ");
        if (query.Spans is { Spans.Count: > 1 } spans)
        {
            _ = sql.Append(PostgresSpans.Rows(spans.Spans)).Append(" CROSS JOIN ");
        }

        _ = query.Sql is { } inner
            ? sql.Append("(\n").Append(inner.TrimEnd().TrimEnd(';')).Append("\n) AS ").Append(dialect.Quote(QueryAlias))
            : sql.Append(only ? "ONLY " : "").Append(dialect.Quote(TableOf(query)));
    }

    private static void AppendConditions(StringBuilder sql, RowQuery query, PostgresDialect dialect, params string[] more)
    {
        var word = "\nWHERE ";
        if (query.Where is { } where)
        {
            _ = sql.Append(word).Append("(\n").Append(where).Append("\n)");
            word = "\nAND ";
        }

        if (query.After is { } after)
        {
            var columns = string.Join(", ", query.OrderBy.Select(name => Qualified(query, name, dialect)));
            var values = string.Join(", ", query.OrderBy.Select((_, place) => PostgresLiteral.Of(after.KindAt(0, place), after.BytesAt(0, place))));
            _ = sql.Append(word).Append('(').Append(columns).Append(") > (").Append(values).Append(')');
            word = "\nAND ";
        }

        foreach (var condition in KeyConditions(query, dialect).Concat(more))
        {
            _ = sql.Append(word).Append(condition);
            word = "\nAND ";
        }
    }

    private static IEnumerable<string> KeyConditions(RowQuery query, PostgresDialect dialect)
    {
        if (query.Range is { } range)
        {
            var columns = KeyColumns(query, range.Columns, dialect);
            if (range.After is { } after)
            {
                yield return $"({columns}) > ({Literals(after, 0)})";
            }

            if (range.UpTo is { } upTo)
            {
                yield return $"({columns}) <= ({Literals(upTo, 0)})";
            }
        }

        if (query.Spans is { } spans)
        {
            var column = KeyColumns(query, [spans.Column], dialect);
            yield return spans.Spans.Count == 1 ? Span(column, spans.Spans[0]) : string.Join(" AND ", PostgresSpans.Conditions(column));
        }

        if (query.Keys is { } keys)
        {
            var rows = Enumerable.Range(0, keys.Keys.RowCount).Select(row => $"({Literals(keys.Keys, row)})");
            yield return $"({KeyColumns(query, keys.Columns, dialect)}) IN ({string.Join(", ", rows)})";
        }
    }

    private static string Span(string column, KeySpan span) => (span.After, span.UpTo) switch
    {
        (null, null) => "TRUE",
        ({ } after, null) => string.Create(CultureInfo.InvariantCulture, $"{column} > {after}"),
        (null, { } upTo) => string.Create(CultureInfo.InvariantCulture, $"{column} <= {upTo}"),
        ({ } after, { } upTo) => string.Create(CultureInfo.InvariantCulture, $"({column} > {after} AND {column} <= {upTo})"),
    };

    private static string KeyColumns(RowQuery query, IReadOnlyList<string> names, PostgresDialect dialect) =>
        string.Join(", ", names.Select(name => Value(query, query.Columns.First(column => column.Name == name), dialect)));

    private static string Literals(RowBatch rows, int row) =>
        string.Join(", ", Enumerable.Range(0, rows.ColumnCount).Select(column => Literal(rows, row, column)));

    // A quoted literal is read as the type of the column beside it, which may be too narrow for a key of the other side: such a number says what it is.
    private static string Literal(RowBatch rows, int row, int column)
    {
        var literal = PostgresLiteral.Of(rows.KindAt(row, column), rows.BytesAt(row, column));
        return rows.KindAt(row, column) == CellKind.Int64 && !short.TryParse(literal.Trim('\''), CultureInfo.InvariantCulture, out _) ? literal + "::bigint" : literal;
    }

    // A bare name in ORDER BY would mean the result's column where one has it, such as an expression under that name.
    private static string Qualified(RowQuery query, string column, PostgresDialect dialect) =>
        dialect.Quote(NameOf(query)) + "." + dialect.Quote(column);

    private static string NameOf(RowQuery query) => query.Sql is null ? TableOf(query).Name : QueryAlias;

    private static TableName TableOf(RowQuery query) =>
        query.Table ?? throw new ArgumentException("A row query needs a table or SQL.", nameof(query));
}
