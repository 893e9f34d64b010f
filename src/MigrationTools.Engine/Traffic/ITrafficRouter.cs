namespace MigrationTools.Engine.Traffic;

/// <summary>
/// A router in hand. Whatever is set is read back from the router before a method returns; a router that says something else afterwards is a
/// <see cref="TrafficException"/>. Safe to call again with the same values.
/// </summary>
public interface ITrafficRouter : IAsyncDisposable
{
    /// <summary>The redacted address of the router.</summary>
    string Endpoint { get; }

    TrafficAbilities Abilities { get; }

    /// <summary>What the router says now. Changes nothing.</summary>
    /// <exception cref="TrafficException">The router can't be reached, or has no such group or member (the nearest names are offered).</exception>
    Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken);

    /// <summary>Sends a share of the new requests to the target, and the rest to the source.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="targetPercent">0 to 100.</param>
    /// <param name="cancellationToken">Ends waiting; what was sent to the router stays.</param>
    /// <returns>What the router says afterwards.</returns>
    /// <exception cref="TrafficException">It was refused, or the router says something else afterwards; the message says what stands now.</exception>
    Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken);

    /// <summary>Drains a member, takes it out or puts it back.</summary>
    /// <exception cref="TrafficException">As for shares; also where the router can't.</exception>
    Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken);

    /// <summary>Begins or ends sending the target a copy of every request, whose answers nobody waits for.</summary>
    /// <exception cref="TrafficException">As for shares; also where the router can't.</exception>
    Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken);

    /// <summary>The router's counters of the lane's members; empty where it counts nothing.</summary>
    Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken);
}
