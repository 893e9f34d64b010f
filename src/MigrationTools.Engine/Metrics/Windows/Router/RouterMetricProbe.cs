using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Metrics.Windows.Router;

/// <summary>
/// Counters before and after. A counter that went backwards (the router was restarted) or a member that is not there makes the window one without figures:
/// the difference of counters of two lives of a router is no number of requests. Nor is a router's mean one of the window unless so many requests came in it that
/// older ones have no part in the mean any more: a side that has just become slow would be told as fast as it was before.
/// </summary>
internal sealed class RouterMetricProbe(RouterMetricSpec metric, IReadOnlyList<TrafficLane> lanes, ITrafficRouter router, TimeProvider time) : IMetricProbe
{
    // Both sides are measured at the same time, and a router's connection is one.
    private readonly SemaphoreSlim _one = new(1);

    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var before = await CountAsync(side, cancellationToken).ConfigureAwait(false);
        var moment = SteadyMoment.Begin(time);
        await Task.Delay(window, time, cancellationToken).ConfigureAwait(false);
        var after = await CountAsync(side, cancellationToken).ConfigureAwait(false);
        return Compare(side, before, after, moment);
    }

    public async ValueTask DisposeAsync()
    {
        await router.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }

    /// <summary>The side's member of each lane; null where the router counts no such member.</summary>
    private async Task<IReadOnlyList<(string Member, TrafficCounts? Counts)>> CountAsync(EndpointSide side, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var counts = new List<(string, TrafficCounts?)>();
            foreach (var lane in lanes.DistinctBy(lane => (lane.Group, side == EndpointSide.Source ? lane.Source : lane.Target)))
            {
                var member = side == EndpointSide.Source ? lane.Source : lane.Target;
                var all = await router.CountAsync(lane, cancellationToken).ConfigureAwait(false);
                counts.Add((member, all.FirstOrDefault(count => count.Member == member)));
            }

            return counts;
        }
        catch (TrafficException broken)
        {
            throw new MeasurementException($"The router's counters could not be read: {broken.Message}", broken);
        }
        finally
        {
            _one.Release();
        }
    }

    private MetricWindow Compare(
        EndpointSide side, IReadOnlyList<(string Member, TrafficCounts? Counts)> before, IReadOnlyList<(string Member, TrafficCounts? Counts)> after, SteadyMoment moment)
    {
        var span = moment.Elapsed;
        var members = string.Join(", ", after.Select(one => one.Member).Distinct());
        if (Problem(before, after) is { } problem)
        {
            return Window(side, moment, members, problem) with { Missing = problem };
        }

        long requests = 0, errors = 0;
        double weighted = 0;
        string? untimed = null;
        foreach (var ((member, old), (_, @new)) in before.Zip(after))
        {
            var failed = @new!.Failed - old!.Failed;
            var came = Math.Max(@new.Requests - old.Requests, failed);
            requests += came;
            errors += failed;
            weighted += (came - failed) * (@new.MeanMilliseconds ?? 0);
            untimed ??= Untimed(member, @new, came - failed);
        }

        var mean = untimed is null && requests > errors ? weighted / (requests - errors) : (double?)null;
        var seen = string.Create(CultureInfo.InvariantCulture, $"{requests} requests, {errors} failed{(mean is { } time ? $"; {time:0.#} ms is the mean of the router's last requests" : "")}");
        return Window(side, moment, members, seen) with
        {
            Figures = RequestFigures.Of(requests, errors, span, mean),
            Samples = requests,
            Errors = errors,
            Missing = untimed,
        };
    }

    /// <summary>Why the router's mean says nothing of a window in which so many requests were answered; null where it does, or where there was nothing to time.</summary>
    private static string? Untimed(string member, TrafficCounts counts, long answered) =>
        answered == 0 ? null
        : counts.MeanMilliseconds is null ? $"the router tells no times of '{member}'"
        : answered >= counts.MeanSettlesAfter ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the router's mean for '{member}' is over its last requests, not over this window's: {answered} came that were answered, of {counts.MeanSettlesAfter} that it takes; time requests by a metric of kind http or prometheus");

    private static string? Problem(IReadOnlyList<(string Member, TrafficCounts? Counts)> before, IReadOnlyList<(string Member, TrafficCounts? Counts)> after)
    {
        foreach (var ((member, old), (_, @new)) in before.Zip(after))
        {
            if (old is null || @new is null)
            {
                return $"the router counts no member '{member}'";
            }

            if (@new.Requests < old.Requests || @new.Failed < old.Failed)
            {
                return $"the counters of '{member}' went backwards: the router was restarted or its counters were cleared";
            }
        }

        return null;
    }

    private MetricWindow Window(EndpointSide side, SteadyMoment moment, string members, string seen)
    {
        var to = moment.Now;
        return new MetricWindow(metric.Name, side, moment.From, to) { Evidence = new Evidence($"the router's counters of {members}", seen, to) { Endpoint = router.Endpoint } };
    }
}
