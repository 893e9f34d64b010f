using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MigrationTools.Hosting;

namespace MigrationTools.Completion;

/// <summary>Completes ids of runs from the directory or database of runs, the newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    /// <summary>How long a server may take: whoever pressed the key waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var written = (fakeBoundParameters["RunsDirectory"] ?? fakeBoundParameters["RunStore"]) as string;
        // PowerShell's location, not the process's.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var here = shell.AddCommand("Get-Location").Invoke<PathInfo>().FirstOrDefault()?.ProviderPath ?? Environment.CurrentDirectory;
        var pattern = new WildcardPattern((wordToComplete ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return [.. List(written, here).Where(pattern.IsMatch).Select(run => new CompletionResult(run))];
    }

    // A completion that fails or takes too long completes nothing: nobody wants an error for a key.
    private static IReadOnlyList<string> List(string? written, string here)
    {
        using var limit = new CancellationTokenSource();
        try
        {
            // On the thread pool, and not waited for past the limit: a driver may be slow to give up.
            var listing = Task.Run(() => ListAsync(written, here, limit.Token), limit.Token);
            return listing.Wait(Patience) ? listing.GetAwaiter().GetResult() : [];
        }
        catch (Exception)
        {
            return [];
        }
        finally
        {
            limit.Cancel();
        }
    }

    private static Task<IReadOnlyList<string>> ListAsync(string? written, string here, CancellationToken cancellationToken)
    {
        var place = RunsPlace.Parse(written, here);
        return new MigrationHost(new HostOptions { RunsDirectory = place.Directory, RunsEndpoint = place.Endpoint }).Runs.ListAsync(cancellationToken);
    }
}
