using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Proof;

/// <summary>
/// Proves a share by counting where real requests land: by probe requests to the system's front where answers tell their side, otherwise by the router's
/// counters over live traffic. Passed only where enough requests landed as they should (<c>ShareJudge</c>); a router that says the right number proves nothing here.
/// </summary>
public sealed class TrafficProof(TimeProvider time, TrafficProofOptions? options = null)
{
    public const string Category = "traffic";

    /// <summary>A service that is well answers what is needed in a fraction of it.</summary>
    private static readonly TimeSpan StageLimit = TimeSpan.FromSeconds(2);

    private readonly TrafficProofOptions _options = options ?? new TrafficProofOptions();

    /// <summary>Whether probe requests can tell: the spec has both a front and a way to tell the sides apart.</summary>
    public static bool CanProbe(TrafficSystemSpec system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.Front is not null && system.Identify is not null;
    }

    /// <summary>
    /// Counts and judges. Where nothing can count, the check is not required and says why. A lane whose router takes a moment to follow is counted
    /// again some times, each time afresh, before it is called wrong.
    /// </summary>
    /// <exception cref="TrafficException">The router's counters can't be read.</exception>
    public async Task<CheckResult> ProveAsync(TrafficSystemSpec system, ITrafficRouter router, TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(lane);
        var started = time.GetTimestamp();
        var counts = router.Abilities.HasFlag(TrafficAbilities.Settles) && CanProbe(system) ? _options.SettlingCounts : 1;
        for (var number = 1; ; number++)
        {
            var result = CanProbe(system) ? (await ByProbesAsync(system, lane, targetPercent, _options, cancellationToken).ConfigureAwait(false)).Result
                : router.Abilities.HasFlag(TrafficAbilities.Counts) ? await ByCountersAsync(system, router, lane, targetPercent, cancellationToken).ConfigureAwait(false)
                : Unprovable(system, lane, targetPercent);
            if (result.Verdict == Verdict.Passed || number >= counts)
            {
                var again = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (count {number} of at most {counts} while the router settles)");
                return result with { Message = result.Message + again, Duration = time.GetElapsedTime(started) };
            }

            await Task.Delay(_options.Settling, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Proves a share on traffic's way back from a target that may be dead, by probe requests and for a short time only: whoever waits for a dead server's answers
    /// leaves its share to it meanwhile. A count that was only too short says nothing against the share; requests that nobody answered do.
    /// </summary>
    /// <returns>The proof, and whether the share may stay.</returns>
    internal async Task<(CheckResult Result, bool MayStay)> ProveStageAsync(
        TrafficSystemSpec system, ITrafficRouter router, TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        var options = _options with { ProbeLimit = StageLimit < _options.ProbeLimit ? StageLimit : _options.ProbeLimit };
        var counts = router.Abilities.HasFlag(TrafficAbilities.Settles) ? _options.SettlingCounts : 1;
        for (var number = 1; ; number++)
        {
            var (result, count) = await ByProbesAsync(system, lane, targetPercent, options, cancellationToken).ConfigureAwait(false);
            if (result.Verdict == Verdict.Passed || count.Unknown > 0 || number >= counts)
            {
                return (result, result.Verdict == Verdict.Passed || (count.Unknown == 0 && result.Verdict != Verdict.Failed));
            }

            await Task.Delay(_options.Settling, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(CheckResult Result, ShareCount Count)> ByProbesAsync(
        TrafficSystemSpec system, TrafficLane lane, decimal targetPercent, TrafficProofOptions options, CancellationToken cancellationToken)
    {
        var (front, identity) = (system.Front!, system.Identify!);

        // Twice what is needed, so that a few unanswered ones do not leave too few.
        var requests = Math.Min(options.MostRequests, 2 * ShareJudge.Needed(targetPercent));
        var at = time.GetUtcNow();
        var count = await new FrontProbe(options, time).CountAsync(front, identity, lane, requests, cancellationToken).ConfigureAwait(false);
        var by = identity.Header is { } header ? $"the header {header}" : "the body";
        var evidence = new Evidence($"{count.All} requests GET {FrontProbe.PathOf(identity, lane)}, each over a new connection; the side by {by}", count.ToString(), at) { Endpoint = front.Redacted };
        return (Judged(system, lane, targetPercent, count, evidence), count);
    }

    private async Task<CheckResult> ByCountersAsync(TrafficSystemSpec system, ITrafficRouter router, TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        var needed = ShareJudge.Needed(targetPercent);
        var at = time.GetUtcNow();
        var before = await router.CountAsync(lane, cancellationToken).ConfigureAwait(false);
        var begun = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(_options.LookEvery, time, cancellationToken).ConfigureAwait(false);
            var after = await router.CountAsync(lane, cancellationToken).ConfigureAwait(false);
            if (Between(before, after, lane) is not { } count)
            {
                return Result(system, lane, targetPercent) with { Verdict = Verdict.Inconclusive, Message = "the router's counters went backwards, so it was restarted meanwhile" };
            }

            var elapsed = time.GetElapsedTime(begun);
            if (count.Known >= needed || elapsed >= _options.Window)
            {
                var source = string.Create(CultureInfo.InvariantCulture, $"the router's counters over {elapsed.TotalSeconds:0.#} s of live traffic");
                return Judged(system, lane, targetPercent, count, new Evidence(source, count.ToString(), at) { Endpoint = router.Endpoint });
            }
        }
    }

    /// <summary>What came by between two looks; null where the counters began anew.</summary>
    private static ShareCount? Between(IReadOnlyList<TrafficCounts> before, IReadOnlyList<TrafficCounts> after, TrafficLane lane)
    {
        var deltas = after.Select(now => (now.Member, Was: before.FirstOrDefault(was => was.Member == now.Member), Now: now))
            .Select(pair => (pair.Member, Requests: pair.Now.Requests - (pair.Was?.Requests ?? 0), Failed: pair.Now.Failed - (pair.Was?.Failed ?? 0))).ToList();
        if (deltas.Exists(delta => delta.Requests < 0 || delta.Failed < 0))
        {
            return null;
        }

        long Of(Func<string, bool> member) => deltas.Where(delta => member(delta.Member)).Sum(delta => delta.Requests);
        return new ShareCount(Of(name => name == lane.Source), Of(name => name == lane.Target), Of(name => name != lane.Source && name != lane.Target), 0)
        {
            ServerErrors = deltas.Sum(delta => Math.Min(delta.Requests, delta.Failed)),
        };
    }

    private static CheckResult Judged(TrafficSystemSpec system, TrafficLane lane, decimal targetPercent, ShareCount count, Evidence evidence)
    {
        var (verdict, message) = ShareJudge.Judge(targetPercent, count);
        return Result(system, lane, targetPercent) with
        {
            Verdict = verdict,
            Message = message,
            Remedy = verdict switch
            {
                Verdict.Passed => null,
                Verdict.Failed => "Look for what else decides where requests go: sticky sessions, a second router, a cache, a configuration that is not loaded.",
                Verdict.Error => "See that the front's address and the path of 'identify' are right, and that both sides answer there.",
                _ => "Send more requests, or see why some can't be told to a side.",
            },
            Evidence = [evidence with { Expected = string.Create(CultureInfo.InvariantCulture, $"{targetPercent:0.####} % at the target") }],
        };
    }

    private static CheckResult Unprovable(TrafficSystemSpec system, TrafficLane lane, decimal targetPercent) => Result(system, lane, targetPercent) with
    {
        Verdict = Verdict.Inconclusive,
        Required = false,
        Message = "where requests land can't be counted: the spec has no 'front' with 'identify', and this router counts no requests",
        Remedy = "Give the system the keys 'front' and 'identify'.",
    };

    private static CheckResult Result(TrafficSystemSpec system, TrafficLane lane, decimal targetPercent) => new()
    {
        Id = CheckIds.Of("traffic-proof", system.Name, CheckIds.PartOf(lane.Name)),
        Name = string.Create(CultureInfo.InvariantCulture, $"{targetPercent:0.####} % of the requests of {lane.Name} reach the target"),
        System = system.Name,
        Category = Category,
    };
}
