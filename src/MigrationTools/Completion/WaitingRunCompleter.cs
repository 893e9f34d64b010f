using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Engine;

namespace MigrationTools.Completion;

/// <summary>Completes ids of runs that wait for a person's word.</summary>
public sealed class WaitingRunCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var here = CompletionContext.Location();
        return CompletionContext.Results(wordToComplete, CompletionContext.Ask(token => WaitingAsync(here, fakeBoundParameters, token)));
    }

    private static async Task<IReadOnlyList<string>> WaitingAsync(string here, IDictionary bound, CancellationToken cancellationToken)
    {
        var runs = CompletionContext.Host(here, bound).Runs;
        var waiting = new List<string>();
        foreach (var id in await runs.ListAsync(cancellationToken))
        {
            try
            {
                if ((await runs.LookAsync(id, cancellationToken)).WaitingFor.Count > 0)
                {
                    waiting.Add(id);
                }
            }
            catch (MigrationToolsException)
            {
                // A run that can't be read does not keep the others from being offered.
            }
        }

        return waiting;
    }
}
