using System.Globalization;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>A server of a backend as HAProxy's two tables tell of it.</summary>
internal sealed record HaProxyServer(string Name)
{
    // srv_admin_state of "show servers state": forced, inherited, by a failed name, by a full queue of names. 0x04 only says that the file had "disabled".
    private const int MaintenanceBits = 0x01 | 0x02 | 0x20 | 0x40;

    // Forced and inherited.
    private const int DrainBits = 0x08 | 0x10;

    private const int Stopped = 0;
    private const int Stopping = 3;

    /// <summary>The weight that was given to it.</summary>
    public int Weight { get; init; }

    /// <summary>Bits of srv_admin_state.</summary>
    public int Admin { get; init; }

    /// <summary>
    /// srv_op_state: 0 stopped, 1 starting, 2 running, 3 stopping, which is up by its health check and taken out of the balance by it ("http-check disable-on-404",
    /// shown as NOLB).
    /// </summary>
    public int Operation { get; init; }

    /// <summary>It takes requests only where no other does.</summary>
    public bool IsBackup { get; init; }

    /// <summary>Percent of its weight that counts while it starts slowly; null where it does not.</summary>
    public int? SlowStart { get; init; }

    public long Active { get; init; }

    public TrafficCounts Counts { get; init; } = new(string.Empty, 0, 0);

    public bool IsInMaintenance => (Admin & MaintenanceBits) != 0;

    public bool IsDrained => (Admin & DrainBits) != 0;

    /// <summary>One that stops by its health check is Down and not Draining: nobody drained it, and it takes requests again as soon as the check says so.</summary>
    public TrafficMemberState State => IsInMaintenance ? TrafficMemberState.Maintenance
        : IsDrained ? TrafficMemberState.Draining
        : Operation is Stopped or Stopping ? TrafficMemberState.Down
        : TrafficMemberState.Ready;

    /// <summary>Whether new requests come to it as far as its weight goes.</summary>
    public bool TakesRequests => State == TrafficMemberState.Ready && Weight > 0;

    public TrafficMember ToMember() => new(Name, State) { Weight = Weight, Active = Active };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: weight {Weight}, {State}{(Operation == Stopping ? " (its health check says that it is stopping)" : "")}{(IsBackup ? ", backup" : "")}{(SlowStart is { } percent ? $", slow start at {percent} %" : "")}, {Active} under way");
}
