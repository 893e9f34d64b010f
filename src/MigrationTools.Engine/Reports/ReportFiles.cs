namespace MigrationTools.Engine.Reports;

/// <summary>Writes a report into a directory: <c>report.html</c>, <c>report.md</c>, <c>report.json</c>, <c>report.junit.xml</c>, <c>report.csv</c>.</summary>
public static class ReportFiles
{
    /// <summary>Every file's name without its extension.</summary>
    public const string BaseName = "report";

    /// <summary>
    /// Writes the report in the named formats. Each file holds either its old or its new content, whatever happens meanwhile, and
    /// only its owner may read it.
    /// </summary>
    /// <param name="report">What to write.</param>
    /// <param name="directory">Made where it is missing.</param>
    /// <param name="formats">Names as <see cref="ReportWriterCatalog.Find"/> takes them; none means all.</param>
    /// <param name="cancellationToken">Cancels between and within files; no half file is left.</param>
    /// <returns>The paths, in the order of the formats.</returns>
    /// <exception cref="InvalidRequestException">A format is not known (nothing is written then), or the directory can't be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAllAsync(
        RunReport report, string directory, IReadOnlyCollection<string> formats, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(formats);
        var catalog = ReportWriterCatalog.Standard;
        var writers = (formats.Count == 0 ? catalog.Formats : formats).Select(catalog.Find).Distinct().ToList();
        var paths = new List<string>();
        try
        {
            PrivateFiles.CreateDirectory(directory);
            foreach (var writer in writers)
            {
                var path = Path.Combine(directory, BaseName + writer.FileExtension);
                await WriteAsync(writer, report, path, cancellationToken).ConfigureAwait(false);
                paths.Add(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The report can't be written to '{directory}': {e.Message} Give a directory that can be written and has room.", e);
        }

        return paths;
    }

    private static async Task WriteAsync(IReportWriter writer, RunReport report, string path, CancellationToken cancellationToken)
    {
        // A name of its own: two processes may write the same report at the same time, and the last one wins whole.
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            var stream = new FileStream(temporary, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None));
            await using (stream.ConfigureAwait(false))
            {
                await writer.WriteAsync(report, stream, cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
