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

    private static void AppendSource(StringBuilder sql, RowQuery query, SqliteDialect dialect) => _ = query.Sql is { } inner
        ? sql.Append("\nFROM (\n").Append(inner.TrimEnd().TrimEnd(';')).Append("\n) AS ").Append(dialect.Quote(QueryAlias))
        : sql.Append("\nFROM ").Append(dialect.Quote(TableOf(query)));

    private static void AppendConditions(StringBuilder sql, RowQuery query, SqliteDialect dialect)
    {
        var word = "\nWHERE ";
        if (query.Where is { } where)
        {
            _ = sql.Append(word).Append("(\n").Append(where).Append("\n)");
            word = "\nAND ";
        }

        if (query.After is not null)
        {
            var columns = string.Join(", ", query.OrderBy.Select(name => Qualified(query, name, dialect)));
            var places = string.Join(", ", Enumerable.Range(1, query.OrderBy.Count).Select(place => $"?{place}"));
            _ = sql.Append(word).Append('(').Append(columns).Append(") > (").Append(places).Append(')');
        }
    }

    // A bare name in ORDER BY would mean the result's column where one has it, such as an expression under that name.
    private static string Qualified(RowQuery query, string column, SqliteDialect dialect) =>
        dialect.Quote(query.Sql is null ? TableOf(query).Name : QueryAlias) + "." + dialect.Quote(column);

    private static TableName TableOf(RowQuery query) =>
        query.Table ?? throw new ArgumentException("A row query needs a table or SQL.", nameof(query));

    private const string QueryAlias = "query";
}
