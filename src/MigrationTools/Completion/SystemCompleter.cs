using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Completion;

/// <summary>Completes names of the database systems of the spec that the command line names.</summary>
public sealed class SystemCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var spec = (fakeBoundParameters["Spec"] as PSObject)?.BaseObject as MigrationSpec ?? fakeBoundParameters["Spec"] as MigrationSpec;
        return spec is null ? [] : CompletionContext.Results(wordToComplete, spec.Databases.Select(system => system.Name));
    }
}
