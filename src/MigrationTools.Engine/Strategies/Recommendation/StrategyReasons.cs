using System.Globalization;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What speaks for and against each strategy. What excludes here is what the strategies themselves refuse to plan.</summary>
internal static class StrategyReasons
{
    public static IEnumerable<StrategyReason> Of(StrategyKind kind, MigrationSpec spec, SeenFacts facts) => Fitting(spec, facts).Concat(kind switch
    {
        StrategyKind.BigBang => BigBang(spec, facts),
        StrategyKind.BlueGreen => BlueGreen(spec, facts),
        StrategyKind.Canary => Canary(spec, facts),
        StrategyKind.Rolling => Rolling(spec, facts),
        StrategyKind.StranglerFig => StranglerFig(spec, facts),
        StrategyKind.ParallelRun => ParallelRun(spec, facts),
        _ => Phased(spec, facts),
    });

    private static IEnumerable<StrategyReason> BigBang(MigrationSpec spec, SeenFacts facts)
    {
        foreach (var reason in Fenced(spec, facts, "writers are kept out while everything is copied"))
        {
            yield return reason;
        }

        yield return new StrategyReason(ReasonKind.For, "it needs nothing but the window, and until cut-over a rollback loses nothing", facts.InSpec("systems", Names(spec.Systems)));
        if (Routers(spec) is { Count: > 0 } routers)
        {
            yield return new StrategyReason(ReasonKind.Against, "everyone gets the new side at once, although a router could share the traffic out", facts.InSpec("systems of kind traffic", Names(routers)));
        }
    }

    private static IEnumerable<StrategyReason> BlueGreen(MigrationSpec spec, SeenFacts facts)
    {
        if (!spec.Databases.Any() && Routers(spec).Count == 0)
        {
            yield return new StrategyReason(ReasonKind.Excludes, "there is neither data to keep in step nor traffic to switch", facts.InSpec("systems", Names(spec.Systems)));
        }

        if (Routers(spec).Count > 0)
        {
            yield return Gate(spec, facts);
        }

        foreach (var reason in RouterAnswers(facts))
        {
            yield return reason;
        }

        foreach (var fact in facts.Of(FactKind.Replicates))
        {
            yield return fact.Holds switch
            {
                true => new StrategyReason(ReasonKind.For, $"{fact.System}: the servers can keep green in step themselves (replication: logical): {fact.Text}", fact.Evidence) { Weight = 2 },
                false => new StrategyReason(ReasonKind.For, $"{fact.System}: writes since the copy are compared and brought over under a short fence; the servers can't replicate: {fact.Text}", fact.Evidence),
                _ => new StrategyReason(ReasonKind.NotSeen, $"{fact.System}: whether the servers can replicate could not be seen: {fact.Text}", fact.Evidence),
            };
        }

        if (spec.Databases.Any())
        {
            var (time, evidence) = facts.CopyTime();
            if (time is null)
            {
                yield return new StrategyReason(ReasonKind.NotSeen, "how long the copy takes could not be measured", evidence);
            }
            else if (facts.Window is { } window && time > window)
            {
                yield return new StrategyReason(ReasonKind.For, $"the copy ({Text(time.Value)}) is longer than the window ({Text(window)}), and it is made while blue is still written to", evidence) { Weight = 2 };
            }
        }

        if (Routers(spec) is { Count: > 0 } routers)
        {
            yield return new StrategyReason(ReasonKind.For, "all traffic is switched back at once where something is wrong", facts.InSpec("systems of kind traffic", Names(routers)));
        }
    }

    private static IEnumerable<StrategyReason> Canary(MigrationSpec spec, SeenFacts facts)
    {
        yield return Routers(spec) is { Count: > 0 } routers
            ? new StrategyReason(ReasonKind.For, $"a few users ({spec.Rollout.Weights[0]} %) meet a fault before all do, and traffic goes back by itself", facts.InSpec("systems of kind traffic", Names(routers))) { Weight = 2 }
            : new StrategyReason(ReasonKind.Excludes, "it moves traffic by shares, and no system is a router", facts.InSpec("systems of kind traffic", null));
        foreach (var reason in Shifted(spec, facts))
        {
            yield return reason;
        }
    }

    private static IEnumerable<StrategyReason> Rolling(MigrationSpec spec, SeenFacts facts)
    {
        var listing = Routers(spec).FindAll(system => system.Units.Count > 0);
        if (listing.Count == 0)
        {
            yield return new StrategyReason(ReasonKind.Excludes, "it upgrades servers one after the other, and no router lists any under units", facts.InSpec("units", null));
        }

        foreach (var system in listing)
        {
            var seen = facts.InSpec($"systems.{system.Name}.units", $"{system.Units.Count}, rollout.maxUnavailable {spec.Rollout.MaxUnavailable}");
            yield return spec.Rollout.MaxUnavailable < system.Units.Count
                ? new StrategyReason(ReasonKind.For, $"{system.Name}: {system.Units.Count} servers are upgraded where they stand, {spec.Rollout.MaxUnavailable} at a time; none has to be there twice", seen) { Weight = 2 }
                : new StrategyReason(ReasonKind.Excludes, $"{system.Name}: {spec.Rollout.MaxUnavailable} of {system.Units.Count} servers may be out, so none would be left to serve", seen);
        }

        foreach (var fact in facts.Of(FactKind.RouterDrains).Where(fact => fact.Holds != true && listing.Exists(system => system.Name == fact.System)))
        {
            yield return new StrategyReason(fact.Holds is null ? ReasonKind.NotSeen : ReasonKind.Excludes, fact.Text, fact.Evidence);
        }

        foreach (var reason in Shifted(spec, facts))
        {
            yield return reason;
        }
    }

    private static IEnumerable<StrategyReason> StranglerFig(MigrationSpec spec, SeenFacts facts)
    {
        var listing = Routers(spec).FindAll(system => system.Routes.Count > 0);
        yield return listing.Count > 0
            ? new StrategyReason(ReasonKind.For, $"{listing.Sum(system => system.Routes.Count)} routes can be moved and taken back on their own", facts.InSpec("routes", string.Join(", ", listing.SelectMany(system => system.Routes).Select(route => route.Name)))) { Weight = 3 }
            : new StrategyReason(ReasonKind.Excludes, "it moves route by route, and no router lists any under routes", facts.InSpec("routes", null));
        foreach (var fact in facts.Of(FactKind.RouterMirrors).Where(fact => fact.Holds is not null && listing.Exists(system => system.Name == fact.System)))
        {
            yield return new StrategyReason(fact.Holds == true ? ReasonKind.For : ReasonKind.Against, $"{fact.Text}{(fact.Holds == true ? ", so the new side is tried before it counts" : ", so a route is shifted without being tried first")}", fact.Evidence);
        }

        foreach (var reason in Shifted(spec, facts))
        {
            yield return reason;
        }
    }

    private static IEnumerable<StrategyReason> ParallelRun(MigrationSpec spec, SeenFacts facts)
    {
        var services = spec.Systems.OfType<HttpSystemSpec>().ToList();
        var paths = spec.Rollout.ParallelRun.Paths;
        yield return services.Count > 0
            ? new StrategyReason(ReasonKind.For, "both versions answer the same requests before anything counts", facts.InSpec("systems of kind http", Names(services)))
            : new StrategyReason(ReasonKind.Excludes, "it compares the answers of a service, and no system is of kind http", facts.InSpec("systems of kind http", null));
        yield return paths.Count > 0
            ? new StrategyReason(ReasonKind.For, $"the answers of {paths.Count} paths are compared, {spec.Rollout.ParallelRun.Requests} times in all", facts.InSpec("rollout.parallelRun.paths", string.Join(", ", paths))) { Weight = 3 }
            : new StrategyReason(ReasonKind.Excludes, "the spec does not say what both sides are asked", facts.InSpec("rollout.parallelRun.paths", null));
        foreach (var reason in Fenced(spec, facts, "the two sides share no data, so writers are kept out until cut-over"))
        {
            yield return reason;
        }
    }

    private static IEnumerable<StrategyReason> Phased(MigrationSpec spec, SeenFacts facts)
    {
        yield return spec.Phases.Count > 0
            ? new StrategyReason(ReasonKind.For, $"{spec.Phases.Count} phases are each proved before the next begins", facts.InSpec("phases", string.Join(", ", spec.Phases.Select(phase => $"{phase.Name} ({phase.Strategy})")))) { Weight = 3 }
            : new StrategyReason(ReasonKind.Excludes, "the spec has no phases", facts.InSpec("phases", null));
        if (spec.Phases.Count > 0 && spec.Systems.Where(system => spec.Phases.All(phase => !phase.Systems.Contains(system.Name))).ToList() is { Count: > 0 } left)
        {
            yield return new StrategyReason(ReasonKind.Against, $"no phase moves {Names(left)}", facts.InSpec("phases", Names(left)));
        }
    }

    private static IEnumerable<StrategyReason> Fitting(MigrationSpec spec, SeenFacts facts) => facts.Of(FactKind.SchemaFits).Select(fact => fact.Holds switch
    {
        true => new StrategyReason(ReasonKind.For, $"{fact.System}: source and target fit together: {fact.Text}", fact.Evidence),
        false => new StrategyReason(ReasonKind.Excludes, $"{fact.System}: source and target do not fit together: {fact.Text}", fact.Evidence),
        _ => new StrategyReason(ReasonKind.NotSeen, $"{fact.System}: whether source and target fit together could not be seen: {fact.Text}", fact.Evidence) { Weight = 2 },
    });

    // What all that moves traffic by and by have in common.
    private static IEnumerable<StrategyReason> Shifted(MigrationSpec spec, SeenFacts facts)
    {
        yield return Gate(spec, facts);
        foreach (var reason in RouterAnswers(facts).Concat(spec.Databases.Any() ? Fenced(spec, facts, "two versions may not write to two databases, so writers are kept out of the source until the last share is moved") : []))
        {
            yield return reason;
        }

        if (spec.Databases.Any())
        {
            yield return new StrategyReason(ReasonKind.Against, "the source's data is fenced for the whole rollout, its holds and gates included", facts.InSpec("systems of kind database", Names(spec.Databases))) { Weight = 3 };
        }
    }

    private static StrategyReason Gate(MigrationSpec spec, SeenFacts facts) => spec.Rollout.Gate is { } gate
        ? new StrategyReason(ReasonKind.For, $"the spec says what is measured after each move ({gate.Count} measurements of {gate.Interval.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s)", facts.InSpec("rollout.gate", $"{spec.Metrics.Count} metrics"))
        : new StrategyReason(ReasonKind.Excludes, "it watches the traffic that it moves, and the spec does not say what is measured", facts.InSpec("rollout.gate", null));

    private static IEnumerable<StrategyReason> RouterAnswers(SeenFacts facts) => facts.Of(FactKind.RouterAnswers).Select(fact => fact.Holds is null
        ? new StrategyReason(ReasonKind.NotSeen, fact.Text, fact.Evidence) { Weight = 2 }
        : new StrategyReason(ReasonKind.For, fact.Text, fact.Evidence));

    private static IEnumerable<StrategyReason> Fenced(MigrationSpec spec, SeenFacts facts, string because)
    {
        if (!spec.Databases.Any())
        {
            yield break;
        }

        var (time, evidence) = facts.CopyTime();
        if (time is not { } copy)
        {
            yield return new StrategyReason(ReasonKind.NotSeen, $"{because}, and how long that is could not be measured", evidence) { Weight = 2 };
        }
        else if (facts.Window is not { } window)
        {
            yield return new StrategyReason(ReasonKind.NotSeen, $"{because}: the copy alone takes about {Text(copy)} ({evidence.Observed}), and no maintenance window was given to hold that against", facts.Given("maintenance window", null));
        }
        else if (copy > window)
        {
            yield return new StrategyReason(ReasonKind.Excludes, $"{because}: the copy takes about {Text(copy)}, longer than the window of {Text(window)}", evidence);
        }
        else if (copy > window / 2)
        {
            yield return new StrategyReason(ReasonKind.Against, $"{because}: the copy takes about {Text(copy)}, most of the window of {Text(window)}; proof and rollback need room too", evidence) { Weight = 2 };
        }
        else
        {
            yield return new StrategyReason(ReasonKind.For, $"the copy takes about {Text(copy)}, well within the window of {Text(window)}", evidence) { Weight = 3 };
        }
    }

    private static List<TrafficSystemSpec> Routers(MigrationSpec spec) => [.. spec.Systems.OfType<TrafficSystemSpec>()];

    private static string Names(IEnumerable<SystemSpec> systems) => string.Join(", ", systems.Select(system => system.Name));

    private static string Text(TimeSpan time) =>
        time.TotalSeconds < 1 ? "less than a second"
        : time.TotalMinutes < 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : time.TotalHours < 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");
}
