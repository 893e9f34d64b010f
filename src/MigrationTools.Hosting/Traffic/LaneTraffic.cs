using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Hosting.Traffic;

/// <summary>A lane of a router as it stands, or as it was set.</summary>
/// <param name="System">The system's name.</param>
/// <param name="Lane">The lane's name.</param>
/// <param name="TargetPercent">Share of new requests that the router gives to the target; null where it can't be told.</param>
public sealed record LaneTraffic(string System, string Lane, decimal? TargetPercent)
{
    /// <summary>haproxy, nginx or command.</summary>
    public required string Router { get; init; }

    /// <summary>Its redacted address.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The router's name of the old side.</summary>
    public required string Source { get; init; }

    /// <summary>The router's name of the new side.</summary>
    public required string Target { get; init; }

    /// <summary>What the share was before it was set; null where it was only looked at, or could not be told.</summary>
    public decimal? Before { get; init; }

    /// <summary>Passed where the router says what it should and, where a proof was asked for, requests land so. A look without a proof passes where the router tells a share.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What verdict and share rest on, in a line.</summary>
    public required string Message { get; init; }

    public required Evidence Evidence { get; init; }

    public IReadOnlyList<TrafficMember> Members { get; init; } = [];

    public bool Mirrored { get; init; }

    /// <summary>The router's own counters since it started; empty where it counts nothing.</summary>
    public IReadOnlyList<TrafficCounts> Counts { get; init; } = [];

    /// <summary>The proof; null where none was asked for.</summary>
    public CheckResult? Proof { get; init; }
}
