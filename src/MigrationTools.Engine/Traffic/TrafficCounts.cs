namespace MigrationTools.Engine.Traffic;

/// <summary>A router's own counters of a member, since the router started.</summary>
/// <param name="Member">The router's name of the member.</param>
/// <param name="Requests">Requests that went to it.</param>
/// <param name="Failed">Of these: answered 5xx, not answered, or not connected.</param>
public sealed record TrafficCounts(string Member, long Requests, long Failed)
{
    /// <summary>Mean time to the end of an answer over the router's last requests, in milliseconds; null where it does not say.</summary>
    public double? MeanMilliseconds { get; init; }
}
