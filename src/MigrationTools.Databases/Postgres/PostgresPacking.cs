using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// A query that gives many rows as one: a column of values in each field. The wire protocol sends a message for each row of a COPY, and taking one apart
/// costs a client ten times what the row itself does; the server puts the values of some pages together for less than it costs it to send them alone.
/// </summary>
/// <param name="Columns">Of the rows that are packed.</param>
/// <param name="Places">Where the bits of each column lie.</param>
/// <param name="Sql">
/// The query: a number that tells which span and how many rows (<see cref="PostgresPack"/>), words, and a field for each column that has one. A word is 64 bits of a row: lengths, truths, and which values are NULL. Sending a number and
/// adding it to a field costs a server more than all of the arithmetic that puts a word together.
/// </param>
internal sealed record PostgresPacking(IReadOnlyList<PostgresPackedColumn> Columns, IReadOnlyList<(int Word, int Shift)> Places, string Sql)
{
    private const int BitsOfWord = 64;

    /// <summary>Pages of a table that are packed together: some thousand rows.</summary>
    private const int Pages = 64;

    /// <summary>Compiling the query takes a server about as long as it saves on so many pages (0.4 s of 256 MB).</summary>
    private const long LeastPagesToCompile = 32 * 1024;

    /// <summary>More columns take a server too long to compile.</summary>
    private const int MostColumnsToCompile = 64;

    /// <summary>Whether the server gains by compiling the query, where it does so at all.</summary>
    public bool IsWorthCompiling { get; private init; }

    /// <summary>A pack of more rows is not whole; null where none can have too many.</summary>
    public int? MostRows { get; private init; }

    public int WordCount => Places.Max(place => place.Word) + 1;

    public int FieldCount => 1 + WordCount + Columns.Count(column => column.HasField);

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
            "ctid >= ('(' || \"run of pages\".page || ',0)')::tid",
            string.Create(CultureInfo.InvariantCulture, $"ctid < ('(' || \"run of pages\".page + {Pages} || ',0)')::tid"));
        var places = Place(columns);
        return new PostgresPacking(columns, places, string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT packed.*\nFROM generate_series(0, {Math.Max(0, pages - 1)}, {Pages}) AS \"run of pages\" (page), LATERAL (\n{Fields("count(*)", query, columns, places, dialect)}{body}\n) AS packed"))
        {
            IsWorthCompiling = pages >= LeastPagesToCompile && columns.Count <= MostColumnsToCompile,
        };
    }

    /// <summary>The rows of some spans of a key, each packed together, but for spans of more rows than can be held: of these the server says so.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="columns">How its columns are packed.</param>
    /// <param name="mostRows">Of a pack.</param>
    /// <param name="only">Leaves out the rows of tables that inherit from this one.</param>
    /// <param name="dialect">Quotes.</param>
    public static PostgresPacking OfSpans(RowQuery query, IReadOnlyList<PostgresPackedColumn> columns, int mostRows, bool only, PostgresDialect dialect)
    {
        var spans = query.Spans!;
        var key = PostgresSelect.Value(query, query.Columns.First(column => column.Name == spans.Column), dialect);
        var body = PostgresSelect.Body(query with { Spans = null, Limit = mostRows + 1 }, dialect, only, PostgresSpans.Conditions(key));
        var places = Place(columns);
        var number = PostgresPack.Sql(PostgresSpans.Place, "count(*)");
        return new PostgresPacking(columns, places, $"SELECT packed.*\nFROM {PostgresSpans.NumberedRows(spans.Spans)}, LATERAL (\n{Fields(number, query, columns, places, dialect)}{body}\n) AS packed")
        {
            MostRows = mostRows,
        };
    }

    // The first word with room for a column, the lengths before all others; a column without bits is in none (−1). The highest bit is a number's sign, which can be
    // added but not multiplied: no length has it.
    private static (int Word, int Shift)[] Place(IReadOnlyList<PostgresPackedColumn> columns)
    {
        var places = Enumerable.Repeat((Word: -1, Shift: 0), columns.Count).ToArray();
        var used = new List<int>();
        foreach (var column in Enumerable.Range(0, columns.Count).Where(column => columns[column].Bits > 0).OrderByDescending(column => columns[column].Bits))
        {
            var bits = columns[column].Bits;
            var room = columns[column].HasLengths ? BitsOfWord - 1 : BitsOfWord;
            var word = used.FindIndex(taken => taken + bits <= room);
            if (word < 0)
            {
                word = used.Count;
                used.Add(0);
            }

            places[column] = (word, used[word]);
            used[word] += bits;
        }

        return places;
    }

    private static string Fields(string number, RowQuery query, IReadOnlyList<PostgresPackedColumn> columns, IReadOnlyList<(int Word, int Shift)> places, PostgresDialect dialect)
    {
        var sql = new StringBuilder("SELECT ").Append(number);
        var values = query.Columns.Select(column => PostgresSelect.Value(query, column, dialect)).ToList();
        foreach (var word in Enumerable.Range(0, columns.Count).Where(column => places[column].Word >= 0).GroupBy(column => places[column].Word).OrderBy(word => word.Key))
        {
            _ = sql.Append(", string_agg(int8send(").AppendJoin(" + ", word.Select(column => columns[column].Term(values[column], places[column].Shift))).Append("), '')");
        }

        foreach (var (column, value) in columns.Zip(values).Where(item => item.First.HasField))
        {
            _ = sql.Append(", string_agg(").Append(string.Format(CultureInfo.InvariantCulture, column.Send, value)).Append(", '')");
        }

        return sql.ToString();
    }
}
