namespace MigrationTools.Engine.Reports;

/// <summary>A form that a report can be written in. A new one is one class and one line in <see cref="ReportWriterCatalog"/>.</summary>
public interface IReportWriter
{
    /// <summary>As people name it: html, markdown, json, junit, csv.</summary>
    string Format { get; }

    /// <summary>With the dot, such as <c>.junit.xml</c>.</summary>
    string FileExtension { get; }

    /// <summary>Writes the report as UTF-8 without a byte order mark; the stream stays open.</summary>
    Task WriteAsync(RunReport report, Stream stream, CancellationToken cancellationToken);
}
