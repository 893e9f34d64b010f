using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Hosting;

/// <summary>How the engine is put together.</summary>
public sealed record HostOptions
{
    /// <summary>
    /// The directory of runs. Without it and <see cref="RunsEndpoint"/> the environment's MIGRATIONTOOLS_RUNS names a directory or an
    /// endpoint, and otherwise it is <c>runs</c> under the current directory.
    /// </summary>
    public string? RunsDirectory { get; init; }

    /// <summary>In the place of what endpoints say; null leaves them as they are.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>The database of runs, instead of a directory.</summary>
    public Endpoint? RunsEndpoint { get; init; }

    /// <summary>
    /// With <see cref="RunsEndpoint"/>: the directory of this host for what needs files (a run's log, rejected rows, reports); null for one of
    /// this user's under the temporary directory. It need not last: no run depends on it, except for rejected rows.
    /// </summary>
    public string? WorkDirectory { get; init; }

    /// <summary>
    /// A file that is given the figures of the runs of this host in Prometheus' text format, for node_exporter's textfile collector (which wants a name that ends
    /// in <c>.prom</c>); null for what the environment's MIGRATIONTOOLS_METRICS_FILE names, or none. Its directory must exist.
    /// </summary>
    public string? MetricsFile { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Puts something between the engine and its store of runs (a store elsewhere, a test that cuts runs off); null for none.</summary>
    public Func<IRunStore, IRunStore>? WrapStore { get; init; }
}
