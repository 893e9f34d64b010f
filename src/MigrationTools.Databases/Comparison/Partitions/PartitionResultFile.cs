using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Results of partitions as files: <c>partition-0003.&lt;attempt&gt;.json</c>, whole or not there, never one over another.</summary>
public static partial class PartitionResultFile
{
    /// <summary>An id for an attempt: when it began, and chance.</summary>
    public static string NewAttempt(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(4)).ToLowerInvariant()}");

    public static string NameOf(int index, string attempt) => string.Create(CultureInfo.InvariantCulture, $"partition-{index:0000}.{attempt}.json");

    /// <returns>The file's path.</returns>
    public static string Write(PartitionResult result, string directory)
    {
        ArgumentNullException.ThrowIfNull(result);
        PrivateFiles.CreateDirectory(directory);
        var path = Path.Combine(Path.GetFullPath(directory), NameOf(result.Index, result.Attempt));
        if (File.Exists(path))
        {
            throw new IOException($"{path}: there is such a file already, and results are not replaced.");
        }

        PrivateFiles.WriteAtomically(path, JsonSerializer.Serialize(result, PartitionJson.Options) + "\n");
        return path;
    }

    /// <summary>Every file of the directory that is, or might have become, a result; in order of name.</summary>
    internal static IReadOnlyList<string> In(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "partition-*").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Reads a result of a plan.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="refusal">Why it can't be taken; null where it can.</param>
    internal static PartitionResult? Read(string path, ComparisonPlan plan, out string? refusal)
    {
        refusal = null;
        if (!Name().IsMatch(Path.GetFileName(path)))
        {
            refusal = path.EndsWith(".new", StringComparison.Ordinal) ? "an attempt that did not finish writing" : "its name is none that a result has";
            return null;
        }

        PartitionResult? result;
        try
        {
            result = JsonSerializer.Deserialize<PartitionResult>(File.ReadAllText(path), PartitionJson.Options);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            refusal = $"torn, or no result: {e.Message}";
            return null;
        }

        refusal = WhyNot(result, path, plan);
        return refusal is null ? result : null;
    }

    private static string? WhyNot(PartitionResult? result, string path, ComparisonPlan plan)
    {
        if (result is null)
        {
            return "it is empty";
        }

        if (result.Format != PartitionResult.CurrentFormat)
        {
            return $"it has format {result.Format}, and {ProductVersion.Text} reads format {PartitionResult.CurrentFormat}";
        }

        if (!result.IsIntact())
        {
            return $"its content is not what was written: it was edited{(result.Version == ProductVersion.Text ? "" : $", or version {result.Version} wrote it in another form")}";
        }

        if (result.PlanId != plan.Id)
        {
            return $"it belongs to another plan ({result.PlanId[..Math.Min(12, result.PlanId.Length)]})";
        }

        if (Path.GetFileName(path) != NameOf(result.Index, result.Attempt))
        {
            return $"it was renamed: it is {NameOf(result.Index, result.Attempt)}";
        }

        return result.Index < 0 || result.Index >= plan.Partitions.Count || !result.Parts.Select(part => part.Part.Describe()).SequenceEqual(plan.Partitions[result.Index].Parts.Select(part => part.Describe()))
            ? "it does not cover what the plan gives to its partition"
            : null;
    }

    [GeneratedRegex(@"^partition-\d{4,}\.[^.]+\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
