namespace MigrationTools.Engine.Traffic;

/// <summary>A server behind a router, as the router tells of it.</summary>
/// <param name="Name">The router's name.</param>
/// <param name="State">Whether it takes requests.</param>
public sealed record TrafficMember(string Name, TrafficMemberState State)
{
    /// <summary>Its weight in the router's own unit; null where the router has none.</summary>
    public int? Weight { get; init; }

    /// <summary>Requests or sessions under way; null where the router does not count them.</summary>
    public long? Active { get; init; }
}
