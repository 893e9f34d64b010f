using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>
/// HAProxy by its runtime API (management.txt, section 9.3; release 2.0 and later). Both sides are servers of one backend, and a share is the ratio of
/// their weights: exact for new requests with <c>balance roundrobin</c> and <c>random</c>. With <c>leastconn</c>, with hashing and for clients that stick to a
/// server by a cookie or a table it is a tendency, which only counting proves. Weights that were set are lost when HAProxy restarts, unless it has a state file.
/// </summary>
internal sealed class HaProxyRouter(string endpoint, HaProxyView view, HaProxySocket socket, HaProxyStateFile? stateFile, TimeProvider time) : ITrafficRouter
{
    public string Endpoint => endpoint;

    public TrafficAbilities Abilities => TrafficAbilities.Counts | TrafficAbilities.Drains;

    public async Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        return Split(lane, await view.LookAsync(lane, cancellationToken).ConfigureAwait(false));
    }

    public async Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var weights = WeightsFor(targetPercent);
        var before = await view.LookAsync(lane, cancellationToken).ConfigureAwait(false);
        RequireBoth(lane, before, weights);
        stateFile?.RequireDirectory();
        var changes = new[] { Change(lane, before, lane.Source, weights.Source), Change(lane, before, lane.Target, weights.Target) }
            .OfType<WeightChange>()
            // What grows goes first: the other way round there may be a moment in which nobody takes requests.
            .OrderByDescending(change => change.Grows).ToList();
        foreach (var change in changes)
        {
            await TellAsync(lane, change.Command, cancellationToken).ConfigureAwait(false);
        }

        var after = await view.LookAsync(lane, cancellationToken).ConfigureAwait(false);
        if (after.Find(lane.Source)?.Weight != weights.Source || after.Find(lane.Target)?.Weight != weights.Target || after.ShareOf(lane.Target) != targetPercent)
        {
            throw new TrafficException($"HAProxy at {endpoint} was told to give {lane.Target} {Percent(targetPercent)}, took it, and now says otherwise: {after}.");
        }

        await KeepAsync(cancellationToken).ConfigureAwait(false);
        return Split(lane, after);
    }

    public async Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var word = state switch
        {
            TrafficMemberState.Ready => "ready",
            TrafficMemberState.Draining => "drain",
            TrafficMemberState.Maintenance => "maint",
            _ => throw new TrafficException($"A server can be made Ready, Draining or put into Maintenance; {state} is for HAProxy to find."),
        };
        var before = await view.LookAsync(lane, cancellationToken).ConfigureAwait(false);
        var server = view.Require(member, lane, before.Servers);
        stateFile?.RequireDirectory();
        if (!IsIn(server, state))
        {
            await TellAsync(lane, $"set server {lane.Group}/{member} state {word}", cancellationToken).ConfigureAwait(false);
        }

        var after = await view.LookAsync(lane, cancellationToken).ConfigureAwait(false);
        if (!IsIn(view.Require(member, lane, after.Servers), state))
        {
            throw new TrafficException($"HAProxy at {endpoint} was told to make {member} {state}, took it, and now says otherwise: {after}. Does another server track it, or hold it (a 'track' line)?");
        }

        await KeepAsync(cancellationToken).ConfigureAwait(false);
        return Split(lane, after);
    }

    public Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken) =>
        throw new TrafficException($"HAProxy at {endpoint} can't be told at run time to send copies of requests. Use the router nginx, or compare by requests of your own.");

    public async Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var backend = await view.LookAsync(lane, cancellationToken).ConfigureAwait(false);
        return [.. backend.Servers.Select(server => server.Counts)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Ready is what a person may say; whether the server is well is another question, which the split answers.</summary>
    private static bool IsIn(HaProxyServer server, TrafficMemberState state) => state switch
    {
        TrafficMemberState.Ready => !server.IsInMaintenance && !server.IsDrained,
        TrafficMemberState.Draining => server.IsDrained && !server.IsInMaintenance,
        _ => server.IsInMaintenance,
    };

    private static HaProxyWeights WeightsFor(decimal targetPercent)
    {
        if (targetPercent is < 0 or > 100)
        {
            throw new TrafficException($"A share is 0 to 100 %, not {Percent(targetPercent)}.");
        }

        if (HaProxyWeights.TryFor(targetPercent, out var weights))
        {
            return weights;
        }

        var (below, above) = HaProxyWeights.Around(targetPercent);
        throw new TrafficException(
            $"{Percent(targetPercent)} can't be said in HAProxy's weights (0 to {HaProxyWeights.Largest}), so nothing was changed. The nearest shares are {Percent(below)} and {Percent(above)}; whole percents are always exact.");
    }

    private void RequireBoth(TrafficLane lane, HaProxyBackend backend, HaProxyWeights weights)
    {
        var source = view.Require(lane.Source, lane, backend.Servers);
        var target = view.Require(lane.Target, lane, backend.Servers);
        foreach (var server in new[] { (Server: source, Weight: weights.Source), (Server: target, Weight: weights.Target) })
        {
            if (server.Weight > 0 && server.Server.State != TrafficMemberState.Ready)
            {
                throw new TrafficException(
                    $"HAProxy at {endpoint}: {server.Server.Name} is {server.Server.State}, so no share of the requests would reach it. Nothing was changed; the servers are {backend}.");
            }
        }

        if (backend.Others(lane) is { Count: > 0 } others)
        {
            throw new TrafficException(
                $"HAProxy at {endpoint}: in backend '{backend.Name}' {string.Join(", ", others.Select(server => server.Name))} take requests too, so two weights do not make a share. Nothing was changed. Give them weight 0, or a backend of their own.");
        }
    }

    private static WeightChange? Change(TrafficLane lane, HaProxyBackend backend, string server, int weight)
    {
        var before = backend.Find(server)!.Weight;
        return before == weight
            ? null
            : new WeightChange(string.Create(CultureInfo.InvariantCulture, $"set server {lane.Group}/{server} weight {weight}"), weight > before);
    }

    private async Task TellAsync(TrafficLane lane, string command, CancellationToken cancellationToken)
    {
        string? said = null;
        TrafficException? failure = null;
        try
        {
            said = await socket.AskAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (TrafficException failed)
        {
            failure = failed;
        }

        if (failure is null && said!.Length == 0)
        {
            return;
        }

        var what = failure?.Message ?? $"HAProxy at {endpoint} refused '{command}': {said!.Split('\n')[0]}{(said.Contains("static LB", StringComparison.Ordinal) ? " Use 'balance roundrobin' (or 'hash-type consistent')." : "")}";
        throw new TrafficException($"{what} {await StandsAsync(lane, cancellationToken).ConfigureAwait(false)}", failure);
    }

    private async Task<string> StandsAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        try
        {
            return $"It now says: {await view.LookAsync(lane, cancellationToken).ConfigureAwait(false)}.";
        }
        catch (TrafficException)
        {
            return "What stands now is not known, for it can't be asked.";
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (stateFile is not null)
        {
            await stateFile.WriteAsync(await socket.AskAsync("show servers state", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private TrafficSplit Split(TrafficLane lane, HaProxyBackend backend) => new(
        lane.Name,
        backend.ShareOf(lane.Target),
        new Evidence($"{HaProxyView.Statistics}; {HaProxyView.StatesOf(lane)}", backend.ToString(), time.GetUtcNow()) { Endpoint = endpoint })
    {
        Members = [.. backend.Servers.Select(server => server.ToMember())],
    };

    private static string Percent(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");

    private sealed record WeightChange(string Command, bool Grows);
}
