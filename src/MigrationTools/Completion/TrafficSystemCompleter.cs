using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Completion;

/// <summary>Completes names of the traffic systems of the spec that the command line names.</summary>
public sealed class TrafficSystemCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        return CompletionContext.Spec(fakeBoundParameters) is { } spec
            ? CompletionContext.Results(wordToComplete, spec.Systems.OfType<TrafficSystemSpec>().Select(system => system.Name))
            : [];
    }
}
