using System.Text.Json.Nodes;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Traffic.Units;

/// <summary>
/// Brings a unit back to the old version, unless it says what it said before the upgrade: not to have the new version is not to have the old one. The program that does so must bear
/// being run again, as every compensation. Data as for <see cref="UpgradeStep"/>.
/// </summary>
public sealed class DowngradeStep(HttpClient client, TimeProvider time) : UnitStep
{
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(250);

    public override string Verb => UnitStepNames.Downgrade;

    public override async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var look = new UnitLook(unit, context.Spec, client, time);
        var data = new JsonObject();
        var first = await AskAsync(look, cancellationToken).ConfigureAwait(false);
        if (first is not { Upgraded: false } || first.Value.Said != (Before(context) ?? first.Value.Said))
        {
            data = await look.RunAsync(unit.Downgrade, cancellationToken).ConfigureAwait(false);
        }

        var begun = time.GetTimestamp();
        while (!(await AskAsync(look, cancellationToken).ConfigureAwait(false) is { } seen && IsBack(context, seen, first)) && time.GetElapsedTime(begun) <= unit.Timeout)
        {
            await Task.Delay(StartPause, time, cancellationToken).ConfigureAwait(false);
        }

        var (upgraded, said, evidence) = await look.VersionAsync(cancellationToken).ConfigureAwait(false);
        data["unit"] = unit.Name;
        data["said"] = said;
        return new StepObservation($"{unit.Name} says '{said}'")
        {
            Evidence = [evidence],
            Checks = [Check(context, unit, $"{unit.Name} has the old version", IsBack(context, (upgraded, said), first), $"it says '{said}'{(Before(context) is { } before ? $", before the upgrade '{before}'" : "")}", evidence)],
            Data = data,
        };
    }

    public override async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var (upgraded, said, _) = await new UnitLook(unit, context.Spec, client, time).VersionAsync(cancellationToken).ConfigureAwait(false);
        return new EffectReport(IsBack(context, (upgraded, said), null) ? Effect.Applied : Effect.NotApplied, $"{unit.Name} says '{said}'");
    }

    /// <summary>
    /// Whether it says what it said before the upgrade, or at least neither what it said after it nor what it said before it was brought back: an answer may hold more than a version, so
    /// that it is never the same twice.
    /// </summary>
    private static bool IsBack(StepContext context, (bool Upgraded, string Said) now, (bool Upgraded, string Said)? first)
    {
        var after = context.Observed.TryGetValue(context.Step.Id, out var data) ? (string?)data["said"] : null;
        return !now.Upgraded && (now.Said == (Before(context) ?? now.Said) || (now.Said != after && now.Said != first?.Said));
    }

    private static string? Before(StepContext context) => (string?)context.Prior["said"];

    /// <summary>Null where it does not answer.</summary>
    private static async Task<(bool Upgraded, string Said)?> AskAsync(UnitLook look, CancellationToken cancellationToken)
    {
        try
        {
            var (upgraded, said, _) = await look.VersionAsync(cancellationToken).ConfigureAwait(false);
            return (upgraded, said);
        }
        catch (MeasurementException)
        {
            return null;
        }
    }
}
