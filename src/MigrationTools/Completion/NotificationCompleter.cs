using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MigrationTools.Completion;

/// <summary>Completes names under notify of the spec that the command line names.</summary>
public sealed class NotificationCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        return CompletionContext.Spec(fakeBoundParameters) is { } spec
            ? CompletionContext.Results(wordToComplete, spec.Notify.Select(known => known.Name))
            : [];
    }
}
