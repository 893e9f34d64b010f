using System.Management.Automation;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet that asks the host for something.</summary>
public abstract class HostCommand : AsyncCommand
{
    private MigrationHost? _host;

    /// <summary><b>-RunsDirectory:</b> where runs are kept: a directory, or a database as an endpoint (sqlite:runs.db, postgresql://me@db/ops). Where it is not given, the environment's MIGRATIONTOOLS_RUNS, or runs under the current location.</summary>
    [Parameter]
    [Alias("RunStore")]
    [ValidateNotNullOrEmpty]
    public string? RunsDirectory { get; set; }

    /// <summary>What is used in the place of the endpoints' own users and passwords; null for nothing.</summary>
    private protected virtual Credentials? Credentials => null;

    private protected MigrationHost Engine => _host ??= CreateHost();

    private MigrationHost CreateHost()
    {
        var place = RunsPlace.Parse(RunsDirectory, SessionState.Path.CurrentFileSystemLocation.Path, Resolve);
        return new MigrationHost(new HostOptions { Credentials = Credentials, RunsDirectory = place.Directory, RunsEndpoint = place.Endpoint });
    }
}
