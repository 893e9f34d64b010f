using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes ids of runs from the directory of runs, the newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var directory = CompletionContext.RunsDirectory(CompletionContext.Location(), fakeBoundParameters);
        return Directory.Exists(directory)
            ? CompletionContext.Results(
                wordToComplete,
                Directory.EnumerateDirectories(directory)
                    .Where(run => File.Exists(Path.Combine(run, "plan.json")))
                    .Select(run => Path.GetFileName(run)!)
                    .OrderDescending(StringComparer.Ordinal))
            : [];
    }
}
