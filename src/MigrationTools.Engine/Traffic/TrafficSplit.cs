using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Traffic;

/// <summary>How a lane's requests are shared out, as the router itself says now.</summary>
/// <param name="Lane">The lane's name.</param>
/// <param name="TargetPercent">Share of new requests that go to the target, 0 to 100; null where nobody takes requests, or it can't be told.</param>
/// <param name="Evidence">What was asked of the router and what it answered.</param>
public sealed record TrafficSplit(string Lane, decimal? TargetPercent, Evidence Evidence)
{
    public IReadOnlyList<TrafficMember> Members { get; init; } = [];

    /// <summary>Whether the target gets a copy of what the source answers.</summary>
    public bool Mirrored { get; init; }
}
