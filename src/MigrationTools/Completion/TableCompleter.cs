using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Completion;

/// <summary>Completes names of tables by asking the source that the command line names so far. What can't be asked in two seconds completes nothing.</summary>
public sealed class TableCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        using var stop = new CancellationTokenSource(Patience);
        try
        {
            var here = CompletionContext.Location();
            var names = Task.Run(() => NamesAsync(here, fakeBoundParameters, stop.Token), CancellationToken.None);
            return ((IAsyncResult)names).AsyncWaitHandle.WaitOne(Patience) && names.IsCompletedSuccessfully
                ? CompletionContext.Results(wordToComplete, names.GetAwaiter().GetResult())
                : [];
        }
        catch (Exception error) when (error is EndpointException or InvalidOperationException)
        {
            // Half a command line is no mistake.
            return [];
        }
    }

    private static async Task<List<string>> NamesAsync(string here, IDictionary bound, CancellationToken cancellationToken)
    {
        var host = new MigrationHost(new HostOptions { RunsDirectory = CompletionContext.RunsDirectory(here, bound) });
        var endpoint = (bound["Source"] ?? bound["Endpoint"]) is string uri ? Endpoint.Parse(uri, here) : null;
        var request = new DataRequest
        {
            Spec = endpoint is null ? (bound["Spec"] as PSObject)?.BaseObject as MigrationSpec ?? bound["Spec"] as MigrationSpec : null,
            RunId = bound["RunId"] as string,
            Source = endpoint,
            Target = endpoint,
        };
        var names = new List<string>();
        await foreach (var table in host.ReadTablesAsync(request, EndpointSide.Source, cancellationToken))
        {
            names.Add(table.Name.Name);
        }

        return names;
    }
}
