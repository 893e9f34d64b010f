using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes the phases of the run of the command line, the last first.</summary>
public sealed class PhaseCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var here = CompletionContext.Location();
        return fakeBoundParameters["RunId"] is not string run ? [] : CompletionContext.Results(
            wordToComplete,
            CompletionContext.Ask(async token => [.. (await CompletionContext.Host(here, fakeBoundParameters).Runs.LookAsync(run, token)).Phases.Select(phase => phase.Name).Reverse()]));
    }
}
