using System.Management.Automation;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet that asks the host for something.</summary>
public abstract class HostCommand : AsyncCommand
{
    private MigrationHost? _host;

    /// <summary><b>-RunsDirectory:</b> where runs are kept; the environment's MIGRATIONTOOLS_RUNS, or runs under the current location, where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunsDirectory { get; set; }

    /// <summary>What is used in the place of the endpoints' own users and passwords; null for nothing.</summary>
    private protected virtual Credentials? Credentials => null;

    private protected MigrationHost Engine => _host ??= new MigrationHost(new HostOptions
    {
        Credentials = Credentials,
        RunsDirectory = Resolve(RunsDirectory ?? Environment.GetEnvironmentVariable("MIGRATIONTOOLS_RUNS") ?? "runs"),
    });
}
