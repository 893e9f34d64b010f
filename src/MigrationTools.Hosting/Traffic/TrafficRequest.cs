using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Traffic;

/// <summary>Which routers, and which of their lanes.</summary>
public sealed record TrafficRequest
{
    /// <summary>The spec whose traffic systems are meant; null where <see cref="Router"/> is given.</summary>
    public MigrationSpec? Spec { get; init; }

    /// <summary>A router without a spec; null where a spec is given.</summary>
    public TrafficSystemSpec? Router { get; init; }

    /// <summary>What relative paths of <see cref="Router"/> are relative to.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The system; null for all to look at, and for the only one to set.</summary>
    public string? System { get; init; }

    /// <summary>The route; null for all to look at, and for the only one to set.</summary>
    public string? Lane { get; init; }

    /// <summary>Whether it is proved by counting where requests land.</summary>
    public bool Prove { get; init; }
}
