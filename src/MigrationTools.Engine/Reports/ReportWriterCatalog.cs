using MigrationTools.Engine.Reports.Csv;
using MigrationTools.Engine.Reports.Html;
using MigrationTools.Engine.Reports.Json;
using MigrationTools.Engine.Reports.JUnit;
using MigrationTools.Engine.Reports.Markdown;

namespace MigrationTools.Engine.Reports;

/// <summary>The forms that a report can be written in.</summary>
public sealed class ReportWriterCatalog(IReadOnlyList<IReportWriter> writers)
{
    /// <summary>HTML, Markdown, JSON, JUnit XML and CSV.</summary>
    public static ReportWriterCatalog Standard { get; } = new(
    [
        new HtmlReportWriter(),
        new MarkdownReportWriter(),
        new JsonReportWriter(),
        new JUnitReportWriter(),
        new CsvReportWriter(),
    ]);

    public IReadOnlyList<string> Formats => [.. writers.Select(writer => writer.Format)];

    /// <summary>Finds a writer by its format (<c>markdown</c>) or by its file extension without the dot (<c>md</c>), in any case.</summary>
    /// <exception cref="InvalidRequestException">There is no such format.</exception>
    public IReportWriter Find(string format) =>
        writers.FirstOrDefault(writer =>
            writer.Format.Equals(format, StringComparison.OrdinalIgnoreCase)
            || writer.FileExtension[1..].Equals(format, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidRequestException($"'{format}' is not a report format. Formats: {string.Join(", ", Formats)}.");
}
