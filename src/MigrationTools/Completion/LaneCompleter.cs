using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Completion;

/// <summary>Completes names of routes of the spec's routers, or of the one router that the command line names.</summary>
public sealed class LaneCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var systems = CompletionContext.Spec(fakeBoundParameters)?.Systems.OfType<TrafficSystemSpec>() ?? [];
        var named = fakeBoundParameters["System"] as string;
        return CompletionContext.Results(wordToComplete, systems.Where(system => named is null || system.Name == named).SelectMany(system => system.Lanes).Select(lane => lane.Name).Distinct(StringComparer.Ordinal));
    }
}
