using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What a router says and can do.</summary>
public sealed class RouterFacts(TrafficCatalog routers, TimeProvider time) : IStrategyFacts
{
    public bool Serves(SystemSpec system) => system is TrafficSystemSpec;

    public async Task<IReadOnlyList<StrategyFact>> LookAsync(MigrationSpec spec, SystemSpec system, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(system);
        var traffic = (TrafficSystemSpec)system;
        try
        {
            var router = routers.Open(traffic, spec.Directory);
            await using var dispose = router.ConfigureAwait(false);
            var split = await router.ReadAsync(traffic.Lanes[0], cancellationToken).ConfigureAwait(false);
            return
            [
                Fact(traffic, FactKind.RouterAnswers, true, $"the router {traffic.Name} answers: {(split.TargetPercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} % go to the target") : "nobody takes requests")}", "its split"),
                Able(traffic, FactKind.RouterMirrors, router.Abilities.HasFlag(TrafficAbilities.Mirrors), "mirror requests"),
                Able(traffic, FactKind.RouterDrains, router.Abilities.HasFlag(TrafficAbilities.Drains), "drain single servers"),
            ];
        }
        catch (Exception e) when (e is MigrationToolsException or IOException or UnauthorizedAccessException)
        {
            var why = $"the router {traffic.Name} could not be asked: {traffic.Endpoint.Redact(e.Message)}";
            return [.. new[] { FactKind.RouterAnswers, FactKind.RouterMirrors, FactKind.RouterDrains }.Select(kind => Fact(traffic, kind, null, why, "its split"))];
        }
    }

    private StrategyFact Able(TrafficSystemSpec system, FactKind kind, bool can, string what) =>
        Fact(system, kind, can, $"the router {system.Name} ({system.Router}) {(can ? "can" : "can't")} {what}", $"what it can: {what}");

    private StrategyFact Fact(TrafficSystemSpec system, FactKind kind, bool? holds, string text, string asked) => new(
        kind, system.Name, holds, text, new Evidence($"router {system.Name}: {asked}", holds is null ? null : text, time.GetUtcNow()) { Endpoint = system.Endpoint.Redacted });
}
