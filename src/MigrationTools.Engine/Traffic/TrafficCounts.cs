namespace MigrationTools.Engine.Traffic;

/// <summary>A router's own counters of a member, since the router started.</summary>
/// <param name="Member">The router's name of the member.</param>
/// <param name="Requests">Requests that went to it.</param>
/// <param name="Failed">Of these: answered 5xx, not answered, or not connected.</param>
public sealed record TrafficCounts(string Member, long Requests, long Failed)
{
    /// <summary>
    /// Mean time to the end of an answer, in milliseconds, over the router's last requests, whenever they came; null where it does not say. It is of a window only
    /// where <see cref="MeanSettlesAfter"/> says so.
    /// </summary>
    public double? MeanMilliseconds { get; init; }

    /// <summary>Answered requests after which those before them have no part in the mean that is worth naming.</summary>
    public long MeanSettlesAfter { get; init; }
}
