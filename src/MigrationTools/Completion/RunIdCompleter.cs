using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes ids of runs from the directory or database of runs, the newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var here = CompletionContext.Location();
        return CompletionContext.Results(wordToComplete, CompletionContext.Ask(token => CompletionContext.Host(here, fakeBoundParameters).Runs.ListAsync(token)));
    }
}
