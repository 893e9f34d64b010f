using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Hosting.Traffic;

/// <summary>Looks at routers and sets their shares outside of runs.</summary>
internal sealed class TrafficOperations(TrafficCatalog catalog, TrafficProof proof)
{
    public async IAsyncEnumerable<LaneTraffic> ReadAsync(TrafficRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var system in Systems(request))
        {
            var router = catalog.Open(system, DirectoryOf(request));
            await using var dispose = router.ConfigureAwait(false);
            foreach (var lane in Lanes(request, system))
            {
                var split = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
                var told = split.TargetPercent is { } percent
                    ? (Verdict.Passed, $"the router gives {lane.Target} {Show(percent)} of new requests")
                    : (Verdict.Inconclusive, $"the router tells no share: {split.Evidence.Observed}");
                yield return await DescribeAsync(request, system, lane, router, split, told, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What would be set, for a question: the lane, and where.</summary>
    public static (TrafficSystemSpec System, TrafficLane Lane) OnlyLane(TrafficRequest request)
    {
        var systems = Systems(request).ToList();
        if (systems.Count > 1)
        {
            throw new InvalidRequestException($"The spec has {systems.Count} routers ({string.Join(", ", systems.Select(system => system.Name))}); name one.");
        }

        var lanes = Lanes(request, systems[0]).ToList();
        return lanes.Count == 1
            ? (systems[0], lanes[0])
            : throw new InvalidRequestException($"System '{systems[0].Name}' has {lanes.Count} routes ({string.Join(", ", lanes.Select(lane => lane.Name))}); name one.");
    }

    public async Task<LaneTraffic> SetAsync(TrafficRequest request, decimal targetPercent, CancellationToken cancellationToken)
    {
        if (targetPercent is < 0 or > 100)
        {
            throw new InvalidRequestException(string.Create(CultureInfo.InvariantCulture, $"A share is 0 to 100 percent, not {targetPercent}."));
        }

        var (system, lane) = OnlyLane(request);
        var router = catalog.Open(system, DirectoryOf(request));
        await using var dispose = router.ConfigureAwait(false);
        var before = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        var split = await router.SetShareAsync(lane, targetPercent, cancellationToken).ConfigureAwait(false);
        var told = (Verdict.Passed, $"set to {Show(targetPercent)} and read back (before: {(before.TargetPercent is { } known ? Show(known) : "not known")})");
        return await DescribeAsync(request, system, lane, router, split, told, cancellationToken).ConfigureAwait(false) with { Before = before.TargetPercent };
    }

    private async Task<LaneTraffic> DescribeAsync(
        TrafficRequest request, TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, TrafficSplit split, (Verdict Verdict, string Message) told, CancellationToken cancellationToken)
    {
        var proved = request.Prove && split.TargetPercent is { } percent
            ? await proof.ProveAsync(system, router, lane, percent, cancellationToken).ConfigureAwait(false)
            : null;
        return new LaneTraffic(system.Name, lane.Name, split.TargetPercent)
        {
            Router = system.Router,
            Endpoint = router.Endpoint,
            Source = lane.Source,
            Target = lane.Target,
            Verdict = proved is null ? told.Verdict : Verdicts.Combine([told.Verdict, proved.Verdict]),
            Message = proved is null ? told.Message : $"{told.Message}; {proved.Message}",
            Evidence = split.Evidence,
            Members = split.Members,
            Mirrored = split.Mirrored,
            Counts = router.Abilities.HasFlag(TrafficAbilities.Counts) ? await router.CountAsync(lane, cancellationToken).ConfigureAwait(false) : [],
            Proof = proved,
        };
    }

    private static IEnumerable<TrafficSystemSpec> Systems(TrafficRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Router is { } router)
        {
            return [router];
        }

        var spec = request.Spec ?? throw new InvalidRequestException("Name a spec, or a router.");
        var systems = spec.Systems.OfType<TrafficSystemSpec>().ToList();
        if (systems.Count == 0)
        {
            throw new InvalidRequestException($"The spec '{spec.Id}' has no system of kind traffic.");
        }

        if (request.System is not { } name)
        {
            return systems;
        }

        var nearest = NearestName.Find(name, systems.Select(system => system.Name));
        return [systems.FirstOrDefault(system => system.Name == name) ?? throw new InvalidRequestException(
            $"The spec '{spec.Id}' has no traffic system '{name}'{(nearest is null ? $"; it has {string.Join(", ", systems.Select(system => system.Name))}." : $"; did you mean '{nearest}'?")}")];
    }

    private static IEnumerable<TrafficLane> Lanes(TrafficRequest request, TrafficSystemSpec system)
    {
        if (request.Lane is not { } name)
        {
            return system.Lanes;
        }

        var nearest = NearestName.Find(name, system.Lanes.Select(lane => lane.Name));
        return [system.Lanes.FirstOrDefault(lane => lane.Name == name) ?? throw new InvalidRequestException(
            $"System '{system.Name}' has no route '{name}'{(nearest is null ? $"; it has {string.Join(", ", system.Lanes.Select(lane => lane.Name))}." : $"; did you mean '{nearest}'?")}")];
    }

    private static string DirectoryOf(TrafficRequest request) => request.Router is null ? request.Spec!.Directory : request.Directory;

    private static string Show(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");
}
