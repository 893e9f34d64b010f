using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>Looks at the servers of a backend, by "show stat" (types 2 and 4: backends and servers) and "show servers state".</summary>
internal sealed class HaProxyView(HaProxySocket socket, string endpoint)
{
    public const string Statistics = "show stat -1 6 -1";

    private const string BackendType = "1";
    private const string ServerType = "2";

    // ttime is no mean of a stretch: each request weighs 511/512 of the one after it (TIME_STATS_SAMPLES of include/haproxy/defaults.h, swrate_add of freq_ctr.h;
    // management.txt, section 9.1, rounds it to "the 1024 last requests"). After 1024 requests those before them still weigh 13 %; after 2400 less than 1 %.
    private const long MeanSettlesAfter = 2400;

    /// <summary>The command that lists a backend's servers.</summary>
    public static string StatesOf(TrafficLane lane) => $"show servers state {lane.Group}";

    /// <exception cref="TrafficException">HAProxy can't be asked, or has no such backend or server.</exception>
    public async Task<HaProxyBackend> LookAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        var answer = await socket.AskAsync(Statistics, cancellationToken).ConfigureAwait(false);
        var table = HaProxyTable.Statistics(answer) ?? throw NotHaProxy(Statistics, answer);
        var backends = table.Rows.Where(row => table.Text(row, "type") == BackendType)
            .DistinctBy(row => table.Text(row, "pxname")).ToDictionary(row => table.Text(row, "pxname"), StringComparer.Ordinal);

        // Whatever is put into a command below is one of HAProxy's own names, so nothing of a spec can be a command of its own.
        if (!backends.TryGetValue(lane.Group!, out var backend))
        {
            throw new TrafficException($"HAProxy at {endpoint} has no backend '{lane.Group}'{Advice(lane.Group!, backends.Keys)}");
        }

        var statistics = table.Rows.Where(row => table.Text(row, "type") == ServerType && table.Text(row, "pxname") == lane.Group)
            .DistinctBy(row => table.Text(row, "svname")).ToDictionary(row => table.Text(row, "svname"), StringComparer.Ordinal);
        var states = await StatesAsync(lane, cancellationToken).ConfigureAwait(false);
        var servers = statistics.Select(server => Server(server.Key, table, server.Value, states.Table, states.Rows.GetValueOrDefault(server.Key))).ToList();
        foreach (var name in new[] { lane.Source, lane.Target }.Where(name => name.Length > 0))
        {
            Require(name, lane, servers);
        }

        return new HaProxyBackend(lane.Group!, servers) { Algorithm = table.Text(backend, "algo") };
    }

    /// <exception cref="TrafficException">The backend has no such server.</exception>
    public HaProxyServer Require(string name, TrafficLane lane, IReadOnlyList<HaProxyServer> servers) =>
        servers.FirstOrDefault(server => server.Name == name)
        ?? throw new TrafficException($"HAProxy at {endpoint} has no server '{name}' in backend '{lane.Group}'{Advice(name, servers.Select(server => server.Name))}");

    private async Task<(HaProxyTable Table, Dictionary<string, string[]> Rows)> StatesAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        var answer = await socket.AskAsync(StatesOf(lane), cancellationToken).ConfigureAwait(false);
        var table = HaProxyTable.ServerStates(answer) ?? throw NotHaProxy(StatesOf(lane), answer);
        return (table, table.Rows.DistinctBy(row => table.Text(row, "srv_name")).ToDictionary(row => table.Text(row, "srv_name"), StringComparer.Ordinal));
    }

    private HaProxyServer Server(string name, HaProxyTable table, string[] row, HaProxyTable states, string[]? state)
    {
        if (state is null || states.Number(state, "srv_uweight") is not { } weight || states.Number(state, "srv_admin_state") is not { } admin
            || states.Number(state, "srv_op_state") is not { } operation)
        {
            throw new TrafficException($"HAProxy at {endpoint} tells of the server '{name}' in '{Statistics}', but not in 'show servers state'. Was it reloaded just now? Ask again.");
        }

        return new HaProxyServer(name)
        {
            Weight = (int)weight,
            Admin = (int)admin,
            Operation = (int)operation,
            IsBackup = table.Number(row, "bck") > 0,
            SlowStart = (int?)table.Number(row, "throttle"),
            Active = table.Number(row, "scur") ?? 0,
            Counts = Counts(name, table, row),
        };
    }

    /// <summary>
    /// stot counts a request again each time that connecting is tried again (wretr), so those are taken off. Failed are answers 5xx, requests that got no
    /// connection (econ) and answers that broke off (eresp).
    /// </summary>
    private static TrafficCounts Counts(string name, HaProxyTable table, string[] row)
    {
        long Of(string column) => table.Number(row, column) ?? 0;
        var requests = Math.Max(0, Of("stot") - Of("wretr"));
        return new TrafficCounts(name, requests, Math.Min(requests, Of("hrsp_5xx") + Of("econ") + Of("eresp")))
        {
            MeanMilliseconds = requests > 0 ? table.Number(row, "ttime") : null,
            MeanSettlesAfter = MeanSettlesAfter,
        };
    }

    private TrafficException NotHaProxy(string command, string answer)
    {
        var start = answer.Length == 0 ? "nothing" : $"'{new string([.. answer.Take(80).Select(character => char.IsControl(character) ? ' ' : character)])}'";
        return new TrafficException($"What listens at {endpoint} does not answer '{command}' as an HAProxy does; it said {start}. Is it HAProxy's 'stats socket' (and not its master's)?");
    }

    private static string Advice(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        if (NearestName.Find(name, names) is { } nearest)
        {
            return $"; did you mean '{nearest}'?";
        }

        return names.Count == 0 ? "; it has none." : $"; it has {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.";
    }
}
