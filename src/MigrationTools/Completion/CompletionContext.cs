using System.Collections;
using System.Management.Automation;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Completion;

/// <summary>What completers share: where PowerShell stands, and how a word becomes results.</summary>
internal static class CompletionContext
{
    /// <summary>How long a server may take: whoever pressed the key waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>PowerShell's location, not the process's.</summary>
    public static string Location()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Get-Location").Invoke<PathInfo>().FirstOrDefault()?.ProviderPath ?? "";
    }

    /// <summary>A host over the runs that the command line so far, the environment or the location means.</summary>
    public static MigrationHost Host(string location, IDictionary bound)
    {
        var place = RunsPlace.Parse((bound["RunsDirectory"] ?? bound["RunStore"]) as string, location);
        return new MigrationHost(new HostOptions { RunsDirectory = place.Directory, RunsEndpoint = place.Endpoint });
    }

    /// <summary>The spec that the command line names by object or by file; null where there is none, or none that can be read.</summary>
    public static MigrationSpec? Spec(IDictionary bound)
    {
        if (((bound["Spec"] as PSObject)?.BaseObject ?? bound["Spec"]) is MigrationSpec given)
        {
            return given;
        }

        try
        {
            return bound["Path"] is string path ? Host(Location(), bound).ReadSpec(Path.Combine(Location(), path)) : null;
        }
        catch (Exception unreadable) when (unreadable is MigrationToolsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a question answers in two seconds; nothing where it fails or takes longer: nobody wants an error for a key.</summary>
    public static IReadOnlyList<string> Ask(Func<CancellationToken, Task<IReadOnlyList<string>>> question)
    {
        using var limit = new CancellationTokenSource();
        try
        {
            // On the thread pool, and not waited for past the limit: a driver may be slow to give up.
            var asking = Task.Run(() => question(limit.Token), CancellationToken.None);
            return asking.Wait(Patience) ? asking.GetAwaiter().GetResult() : [];
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

    /// <summary>The values that begin with a word; quoted where PowerShell would split them.</summary>
    public static IEnumerable<CompletionResult> Results(string? word, IEnumerable<string> values)
    {
        var pattern = new WildcardPattern(WildcardPattern.Escape((word ?? "").Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return [.. values.Where(pattern.IsMatch).Select(value => new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value))];
    }

    private static string Quoted(string value) =>
        value.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.') ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
