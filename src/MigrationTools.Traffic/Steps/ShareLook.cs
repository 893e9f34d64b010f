using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Steps;

/// <summary>A look at whether a router still gives the share that it should.</summary>
/// <param name="Expected">Percent that should go to the target.</param>
/// <param name="Split">What the router says now; after <see cref="ShareWatch.EnsureAsync"/> mended it, what it says then.</param>
public sealed record ShareLook(decimal Expected, TrafficSplit Split)
{
    /// <summary>What was found instead of the share; null where it was right.</summary>
    public string? Drift { get; init; }

    /// <summary>Whether a drift was put right.</summary>
    public bool Mended { get; init; }
}
