using MigrationTools.Engine.Runs;

namespace MigrationTools.Hosting;

/// <summary>How the engine is put together.</summary>
public sealed record HostOptions
{
    /// <summary>Where runs are kept; null for the environment's MIGRATIONTOOLS_RUNS, otherwise <c>runs</c> under the current directory.</summary>
    public string? RunsDirectory { get; init; }

    /// <summary>In the place of what endpoints say; null leaves them as they are.</summary>
    public Credentials? Credentials { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Puts something between the engine and its store of runs (a store elsewhere, a test that cuts runs off); null for none.</summary>
    public Func<IRunStore, IRunStore>? WrapStore { get; init; }
}
