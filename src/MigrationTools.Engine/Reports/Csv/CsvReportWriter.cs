using System.Globalization;
using System.Text;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Csv;

/// <summary>
/// The tables as comma-separated values (RFC 4180: CRLF, fields quoted where they must be, a header line). What was not measured is an
/// empty field, and a table that was not compared says NotRun.
/// </summary>
public sealed class CsvReportWriter : IReportWriter
{
    private static readonly (string Name, Func<ReportTable, string> Field)[] Columns =
    [
        ("system", table => Text(table.System)),
        ("source", table => Text(table.Source)),
        ("target", table => Text(table.Target)),
        ("verdict", table => table.Verdict.ToString()),
        ("countVerdict", table => table.CountVerdict.ToString()),
        ("method", table => Text(table.Method)),
        ("sourceRows", table => Number(table.SourceRows)),
        ("targetRows", table => Number(table.TargetRows)),
        ("missing", table => Number(table.Missing)),
        ("extra", table => Number(table.Extra)),
        ("changed", table => Number(table.Changed)),
        ("rowsCopied", table => Number(table.RowsCopied)),
        ("resumedRows", table => Number(table.ResumedRows)),
        ("rejected", table => Number(table.Rejected)),
        ("rejectedFile", table => Text(table.RejectedFile)),
        ("bytes", table => Number(table.Bytes)),
        ("copyMs", table => Number(table.CopyMs)),
        ("rowsPerSecond", table => table.RowsPerSecond?.ToString("0.###", CultureInfo.InvariantCulture) ?? ""),
        ("compareMs", table => Number(table.CompareMs)),
        ("notes", table => Text(string.Join("; ", table.Notes))),
    ];

    public string Format => "csv";

    public string FileExtension => ".csv";

    public async Task WriteAsync(RunReport report, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(column => column.Name)).Append("\r\n");
        foreach (var table in report.Tables)
        {
            text.AppendJoin(',', Columns.Select(column => column.Field(table))).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    // A spreadsheet runs a cell that begins like a formula (OWASP, CSV Injection); an apostrophe before it makes it text.
    private static string Text(string? text)
    {
        var shown = VisibleText.Line(text ?? "");
        if (shown is ['=' or '+' or '-' or '@', ..])
        {
            shown = "'" + shown;
        }

        return shown.AsSpan().ContainsAny(",\"") ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }
}
