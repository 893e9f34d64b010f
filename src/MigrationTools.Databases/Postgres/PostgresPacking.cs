using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// A query that gives many rows as one: a column of values in each field. The wire protocol sends a message for each row of a COPY, and taking one apart
/// costs a client ten times what the row itself does; the server puts the values of some pages together for less than it costs it to send them alone.
/// </summary>
/// <param name="Columns">Of the rows that are packed.</param>
/// <param name="Sql">The query: a count, masks of 31 nullable columns each, and the fields of each column.</param>
internal sealed record PostgresPacking(IReadOnlyList<PostgresPackedColumn> Columns, string Sql)
{
    public const int ColumnsOfMask = 31;

    /// <summary>Pages of a table that are packed together: some thousand rows.</summary>
    private const int Pages = 64;

    public int MaskCount => (Columns.Count(column => column.Nullable) + ColumnsOfMask - 1) / ColumnsOfMask;

    public int FieldCount => 1 + MaskCount + Columns.Sum(column => column.HasLengths ? 2 : 1);

    /// <summary>A table by runs of its pages, in whatever order they are.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="columns">How its columns are packed.</param>
    /// <param name="pages">Pages of the table; no row that the snapshot sees lies after them.</param>
    /// <param name="dialect">Quotes.</param>
    public static PostgresPacking OfPages(RowQuery query, IReadOnlyList<PostgresPackedColumn> columns, long pages, PostgresDialect dialect)
    {
        var body = PostgresSelect.Body(
            query,
            dialect,
            only: true,
            "ctid >= ('(' || run.page || ',0)')::tid",
            string.Create(CultureInfo.InvariantCulture, $"ctid < ('(' || run.page + {Pages} || ',0)')::tid"));
        return new PostgresPacking(columns, string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT packed.*\nFROM generate_series(0, {Math.Max(0, pages - 1)}, {Pages}) AS run (page), LATERAL (\n{Fields(query, columns, dialect)}{body}\n) AS packed"));
    }

    /// <summary>The rows of some spans of a key, each packed together.</summary>
    public static PostgresPacking OfSpans(RowQuery query, IReadOnlyList<PostgresPackedColumn> columns, bool only, PostgresDialect dialect)
    {
        var spans = query.Spans!;
        var key = PostgresSelect.Value(query, query.Columns.First(column => column.Name == spans.Column), dialect);
        var body = PostgresSelect.Body(query with { Spans = null }, dialect, only, $"{key} >= span.least", $"{key} <= span.largest");
        return new PostgresPacking(columns, $"SELECT packed.*\nFROM {Rows(spans.Spans)}, LATERAL (\n{Fields(query, columns, dialect)}{body}\n) AS packed");
    }

    /// <summary>Spans as rows <c>span (least, largest)</c>, both of them included.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="numbered">Adds a column <c>place</c>, from 1.</param>
    public static string Rows(IReadOnlyList<KeySpan> spans, bool numbered = false)
    {
        string Array(Func<KeySpan, long> value) => "'{" + string.Join(',', spans.Select(span => value(span).ToString(CultureInfo.InvariantCulture))) + "}'::bigint[]";
        return $"unnest({Array(span => span.After is { } after ? after + 1 : long.MinValue)}, {Array(span => span.UpTo ?? long.MaxValue)}){(numbered ? " WITH ORDINALITY AS span (least, largest, place)" : " AS span (least, largest)")}";
    }

    private static string Fields(RowQuery query, IReadOnlyList<PostgresPackedColumn> columns, PostgresDialect dialect)
    {
        var sql = new StringBuilder("SELECT count(*)");
        var values = query.Columns.Select(column => PostgresSelect.Value(query, column, dialect)).ToList();
        var nullable = values.Where((_, index) => columns[index].Nullable).ToList();
        foreach (var mask in nullable.Chunk(ColumnsOfMask))
        {
            var bits = mask.Select((value, bit) => string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {value} IS NULL THEN {1 << bit} ELSE 0 END"));
            _ = sql.Append(", string_agg(int4send(").AppendJoin(" + ", bits).Append("), '')");
        }

        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].HasLengths)
            {
                _ = sql.Append(", string_agg(int4send(octet_length(").Append(values[index]).Append(")), '')");
            }

            _ = sql.Append(", string_agg(").Append(string.Format(CultureInfo.InvariantCulture, columns[index].Send, values[index])).Append(", '')");
        }

        return sql.ToString();
    }
}
