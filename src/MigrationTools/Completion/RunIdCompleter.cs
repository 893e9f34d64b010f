using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes ids of runs from the directory of runs.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var directory = fakeBoundParameters["RunsDirectory"] as string ?? Environment.GetEnvironmentVariable("MIGRATIONTOOLS_RUNS") ?? "runs";
        // PowerShell's location, not the process's.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        directory = Path.Combine(shell.AddCommand("Get-Location").Invoke<PathInfo>().FirstOrDefault()?.ProviderPath ?? "", directory);
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var pattern = new WildcardPattern((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return
        [
            .. Directory.EnumerateDirectories(directory)
                .Where(run => File.Exists(Path.Combine(run, "plan.json")))
                .Select(run => Path.GetFileName(run)!)
                .Where(pattern.IsMatch)
                .OrderDescending(StringComparer.Ordinal)
                .Select(run => new CompletionResult(run)),
        ];
    }
}
