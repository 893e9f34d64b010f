using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>Files of differences by the ending of their name.</summary>
public static class DifferenceFiles
{
    /// <summary>The endings that are known.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson", ".csv", ".html", ".htm"];

    /// <summary>Begins a file: JSON Lines, CSV or a page to look at. Its name is taken only when it is whole.</summary>
    /// <param name="path">Where the whole file will be; its directory is made where it is missing.</param>
    /// <param name="time">For the moment on a page; null for the system's.</param>
    /// <exception cref="InvalidRequestException">The ending is not known, or the path can't be written.</exception>
    public static DifferenceFile Create(string path, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw new InvalidRequestException("The differences file has no name. Name a file.");
        }

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => new JsonLinesDifferenceFile(path),
            ".csv" => new CsvDifferenceFile(path),
            ".html" or ".htm" => new HtmlDifferenceFile(path, time ?? TimeProvider.System),
            var other => throw new InvalidRequestException(
                $"Differences can't be written to '{path}': {(other.Length == 0 ? "the name has no ending" : $"the ending {other} is not known")}. End it in one of {string.Join(", ", Extensions)}."),
        };
    }
}
