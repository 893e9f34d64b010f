using System.Text.Json.Nodes;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Traffic.Units;

/// <summary>Brings a unit back to the old version, unless it has it. Data as for <see cref="UpgradeStep"/>.</summary>
public sealed class DowngradeStep(HttpClient client, TimeProvider time) : UnitStep
{
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(250);

    public override string Verb => UnitStepNames.Downgrade;

    public override async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var look = new UnitLook(unit, context.Spec, client, time);
        var data = new JsonObject();
        if (!await HasOldAsync(look, cancellationToken).ConfigureAwait(false))
        {
            data = await look.RunAsync(unit.Downgrade, cancellationToken).ConfigureAwait(false);
        }

        var begun = time.GetTimestamp();
        while (!await HasOldAsync(look, cancellationToken).ConfigureAwait(false) && time.GetElapsedTime(begun) <= unit.Timeout)
        {
            await Task.Delay(StartPause, time, cancellationToken).ConfigureAwait(false);
        }

        var (upgraded, said, evidence) = await look.VersionAsync(cancellationToken).ConfigureAwait(false);
        data["unit"] = unit.Name;
        data["said"] = said;
        return new StepObservation($"{unit.Name} says '{said}'")
        {
            Evidence = [evidence],
            Checks = [Check(context, unit, $"{unit.Name} has the old version", !upgraded, $"it says '{said}'", evidence)],
            Data = data,
        };
    }

    public override async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var (upgraded, said, _) = await new UnitLook(unit, context.Spec, client, time).VersionAsync(cancellationToken).ConfigureAwait(false);
        return new EffectReport(upgraded ? Effect.NotApplied : Effect.Applied, $"{unit.Name} says '{said}'");
    }

    private static async Task<bool> HasOldAsync(UnitLook look, CancellationToken cancellationToken)
    {
        try
        {
            return !(await look.VersionAsync(cancellationToken).ConfigureAwait(false)).Upgraded;
        }
        catch (MeasurementException)
        {
            return false;
        }
    }
}
