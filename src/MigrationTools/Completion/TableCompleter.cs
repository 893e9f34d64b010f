using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Completion;

/// <summary>Completes names of tables by asking the source that the command line names so far.</summary>
public sealed class TableCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var here = CompletionContext.Location();
        return CompletionContext.Results(wordToComplete, CompletionContext.Ask(token => NamesAsync(here, fakeBoundParameters, token)));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(string here, IDictionary bound, CancellationToken cancellationToken)
    {
        var endpoint = (bound["Source"] ?? bound["Endpoint"]) is string uri ? Endpoint.Parse(uri, here) : null;
        var request = new DataRequest
        {
            Spec = endpoint is null ? (bound["Spec"] as PSObject)?.BaseObject as MigrationSpec ?? bound["Spec"] as MigrationSpec : null,
            RunId = bound["RunId"] as string,
            Source = endpoint,
            Target = endpoint,
        };
        var names = new List<string>();
        await foreach (var table in CompletionContext.Host(here, bound).ReadTablesAsync(request, EndpointSide.Source, cancellationToken))
        {
            names.Add(table.Name.Name);
        }

        return names;
    }
}
