using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Units;

namespace MigrationTools.Traffic.Steps;

/// <summary>The steps that strategies' verbs mean for a router.</summary>
public sealed class TrafficVerbs(TrafficCatalog catalog) : ISystemVerbs
{
    public bool Serves(SystemSpec system) => system is TrafficSystemSpec;

    public async Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(context);
        var traffic = (TrafficSystemSpec)system;
        var lane = NameOf(traffic, call.Lane);
        return call.Verb switch
        {
            Verb.Shift => [Shift(traffic, lane, call)],
            Verb.Mirror when await CanMirrorAsync(traffic, context).ConfigureAwait(false) => [TrafficDrafts.Mirror(traffic, lane)],
            Verb.Unmirror when await CanMirrorAsync(traffic, context).ConfigureAwait(false) => [TrafficDrafts.Unmirror(traffic, lane)],
            Verb.Drain => [TrafficDrafts.Drain(traffic, lane, call.Unit!.Name, context.Rollout.DrainTimeout)],
            Verb.Undrain => [TrafficDrafts.Undrain(traffic, lane, call.Unit!.Name)],
            Verb.Upgrade => [Upgrade(traffic, call.Unit!)],
            Verb.Verify when call.Unit is { Health: not null } unit => [Verify(traffic, unit)],
            _ => [],
        };
    }

    private static StepDraft Shift(TrafficSystemSpec system, string? lane, VerbCall call) =>
        TrafficDrafts.Shift(system, lane, call.Percent) with { Compensation = TrafficDrafts.Return(system, lane, call.Back) };

    private static StepDraft Upgrade(TrafficSystemSpec system, TrafficUnitSpec unit) => new()
    {
        Phase = "upgrade",
        System = system.Name,
        Action = UnitStep.Action(UnitStepNames.Upgrade, $"upgrade {unit.Name}: {string.Join(' ', unit.Upgrade)}", unit),
        Compensation = UnitStep.Action(UnitStepNames.Downgrade, $"bring {unit.Name} back: {string.Join(' ', unit.Downgrade)}", unit),
        GateAfter = new Gate($"{unit.Name} has the new version"),
    };

    private static StepDraft Verify(TrafficSystemSpec system, TrafficUnitSpec unit) => new()
    {
        Phase = "verify",
        System = system.Name,
        Action = UnitStep.Action(UnitStepNames.Verify, $"see that {unit.Name} answers {unit.Health} with 2xx", unit),
        Irreversible = "it only looks",
        GateAfter = new Gate($"{unit.Name} is well"),
    };

    // A system without routes is one lane, whose name need not be said.
    private static string? NameOf(TrafficSystemSpec system, TrafficLane? lane) => system.Routes.Count == 0 ? system.Name : lane?.Name;

    private async Task<bool> CanMirrorAsync(TrafficSystemSpec system, StrategyContext context)
    {
        var router = catalog.Open(system, context.Spec.Directory);
        await using var dispose = router.ConfigureAwait(false);
        return router.Abilities.HasFlag(TrafficAbilities.Mirrors);
    }
}
