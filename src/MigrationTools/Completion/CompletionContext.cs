using System.Collections;
using System.Management.Automation;

namespace MigrationTools.Completion;

/// <summary>What completers share: where PowerShell stands, and how a word becomes results.</summary>
internal static class CompletionContext
{
    /// <summary>PowerShell's location, not the process's.</summary>
    public static string Location()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Get-Location").Invoke<PathInfo>().FirstOrDefault()?.ProviderPath ?? "";
    }

    /// <summary>The directory of runs that the command line so far, the environment or the location means.</summary>
    public static string RunsDirectory(string location, IDictionary bound) =>
        Path.Combine(location, bound["RunsDirectory"] as string ?? Environment.GetEnvironmentVariable("MIGRATIONTOOLS_RUNS") ?? "runs");

    /// <summary>The values that begin with a word; quoted where PowerShell would split them.</summary>
    public static IEnumerable<CompletionResult> Results(string? word, IEnumerable<string> values)
    {
        var pattern = new WildcardPattern(WildcardPattern.Escape((word ?? "").Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return [.. values.Where(pattern.IsMatch).Select(value => new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value))];
    }

    private static string Quoted(string value) =>
        value.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.') ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
