using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>
/// A line a column that differs, and one without column for a row that is on one side only (RFC 4180: CRLF, a header line, fields quoted where they
/// must be). NULL is a field without anything, empty text is <c>""</c>, as PostgreSQL's COPY reads them; for readers that can't tell
/// these, the field <c>null</c> says which sides are NULL. A text that a spreadsheet would run has an apostrophe before it.
/// </summary>
internal sealed partial class CsvDifferenceFile(string path) : DifferenceFile(path)
{
    private const string Header = "table,sourceTable,kind,count,key,column,source,target,null\r\n";

    private bool _begun;

    private protected override void Write(TextWriter writer, TablePair pair, RowDifference difference)
    {
        Begin(writer);
        var head = string.Join(
            ',',
            Field(pair.TargetName),
            Field(pair.SourceName),
            difference.Kind.ToString(),
            difference.Count.ToString(CultureInfo.InvariantCulture),
            Field(Encoding.UTF8.GetString(DifferenceJson.Key(difference).Span)));
        foreach (var column in difference.Columns)
        {
            writer.Write($"{head},{Field(column.Name)},{Field(column.Source)},{Field(column.Target)},{Nulls(column)}\r\n");
        }

        if (difference.Columns.Count == 0)
        {
            writer.Write($"{head},,,,\r\n");
        }
    }

    private protected override void WriteEnd(TextWriter writer) => Begin(writer);

    private void Begin(TextWriter writer)
    {
        if (!_begun)
        {
            writer.Write(Header);
            _begun = true;
        }
    }

    private static string Nulls(ColumnDifference column) => (column.Source, column.Target) switch
    {
        (null, null) => "both",
        (null, _) => "source",
        (_, null) => "target",
        _ => "",
    };

    // A spreadsheet runs a cell that begins like a formula (OWASP, CSV Injection); an apostrophe before it makes it text. A number does nothing.
    private static string Field(string? text)
    {
        if (text is null)
        {
            return "";
        }

        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] && !Number().IsMatch(text))
        {
            text = "'" + text;
        }

        return text.Length == 0 || text.AsSpan().ContainsAny(",\"\r\n") || text[0] == ' ' || text[^1] == ' '
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();
}
