using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>A backend and its servers.</summary>
/// <param name="Name">The backend's name.</param>
/// <param name="Servers">In HAProxy's order.</param>
internal sealed record HaProxyBackend(string Name, IReadOnlyList<HaProxyServer> Servers)
{
    /// <summary>How it balances, such as roundrobin; empty where this login is not told.</summary>
    public string Algorithm { get; init; } = string.Empty;

    /// <summary>Servers that get new requests now: the ordinary ones, and the backup ones only where no ordinary one does.</summary>
    public IReadOnlyList<HaProxyServer> Takers
    {
        get
        {
            var ordinary = Servers.Where(server => server.TakesRequests && !server.IsBackup).ToList();
            return ordinary.Count > 0 ? ordinary : [.. Servers.Where(server => server.TakesRequests)];
        }
    }

    public HaProxyServer? Find(string name) => Servers.FirstOrDefault(server => server.Name == name);

    /// <summary>Percent of new requests that go to a server; null where nobody takes any.</summary>
    public decimal? ShareOf(string name)
    {
        var total = Takers.Sum(server => server.Weight);
        return total == 0 || Find(name) is null ? null : 100m * Takers.Where(server => server.Name == name).Sum(server => server.Weight) / total;
    }

    /// <summary>The servers outside of a lane's two sides that get requests too.</summary>
    public IReadOnlyList<HaProxyServer> Others(TrafficLane lane) =>
        [.. Takers.Where(server => server.Name != lane.Source && server.Name != lane.Target)];

    public override string ToString() =>
        $"{string.Join("; ", Servers)}{(Algorithm.Length == 0 ? "" : $"; balance {Algorithm}")}";
}
