using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Traffic.Units;

/// <summary>Brings a unit to the new version and looks whether it has it. Prior: <c>said</c>. Data: <c>unit</c>, <c>program</c>, <c>exitCode</c>, <c>output</c>, <c>error</c>, <c>said</c>.</summary>
public sealed class UpgradeStep(HttpClient client, TimeProvider time) : UnitStep
{
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(250);

    public override string Verb => UnitStepNames.Upgrade;

    public override async Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (_, said, _) = await Look(context).VersionAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["said"] = said };
    }

    public override async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var look = Look(context);
        var data = await look.RunAsync(unit.Upgrade, cancellationToken).ConfigureAwait(false);
        var (upgraded, said, evidence) = await SettledAsync(look, unit.Timeout, cancellationToken).ConfigureAwait(false);
        data["unit"] = unit.Name;
        data["said"] = said;
        return new StepObservation($"{unit.Name} says '{said}'")
        {
            Evidence = [evidence],
            Checks = [Check(context, unit, $"{unit.Name} has the new version", upgraded, $"it says '{said}', expected {unit.Upgraded}", evidence)],
            Data = data,
        };
    }

    public override async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        try
        {
            var (upgraded, said, evidence) = await Look(context).VersionAsync(cancellationToken).ConfigureAwait(false);
            return !upgraded ? new EffectReport(Effect.NotApplied, $"{unit.Name} says '{said}'") : new EffectReport(Effect.Applied, $"{unit.Name} says '{said}'")
            {
                Observation = new StepObservation($"{unit.Name} says '{said}'")
                {
                    Evidence = [evidence],
                    Checks = [Check(context, unit, $"{unit.Name} has the new version", answer: true, $"it says '{said}'", evidence)],
                    Data = new JsonObject { ["unit"] = unit.Name, ["said"] = said },
                },
            };
        }
        catch (MeasurementException down)
        {
            // It was taken down to be upgraded and did not come up: it is out of traffic, and upgrading it again is what its program is for.
            return new EffectReport(Effect.NotApplied, down.Message);
        }
    }

    // A server takes a moment to start: it is asked until it has the version or its time is over.
    private async Task<(bool Upgraded, string Said, Evidence Evidence)> SettledAsync(UnitLook look, TimeSpan limit, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                var seen = await look.VersionAsync(cancellationToken).ConfigureAwait(false);
                if (seen.Upgraded || time.GetElapsedTime(begun) > limit)
                {
                    return seen;
                }
            }
            catch (MeasurementException) when (time.GetElapsedTime(begun) <= limit)
            {
                // Not up yet.
            }

            await Task.Delay(StartPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private UnitLook Look(StepContext context) => new(UnitOf(context), context.Spec, client, time);
}
