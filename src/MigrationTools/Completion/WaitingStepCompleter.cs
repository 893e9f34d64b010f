using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes the steps with which the run of the command line waits for a person's word.</summary>
public sealed class WaitingStepCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var here = CompletionContext.Location();
        return fakeBoundParameters["RunId"] is not string run ? [] : CompletionContext.Results(
            wordToComplete,
            CompletionContext.Ask(async token => [.. (await CompletionContext.Host(here, fakeBoundParameters).Runs.LookAsync(run, token)).WaitingFor.Select(wait => wait.Step)]));
    }
}
