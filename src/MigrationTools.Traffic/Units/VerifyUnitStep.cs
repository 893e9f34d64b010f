using System.Globalization;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Traffic.Units;

/// <summary>Sees that a unit is well, before it gets traffic again. Data: <c>unit</c>, <c>status</c>.</summary>
public sealed class VerifyUnitStep(HttpClient client, TimeProvider time) : UnitStep
{
    public override string Verb => UnitStepNames.Verify;

    public override async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var unit = UnitOf(context);
        var (status, _, evidence) = await new UnitLook(unit, context.Spec, client, time).AskAsync(cancellationToken).ConfigureAwait(false);
        var message = string.Create(CultureInfo.InvariantCulture, $"{unit.Name} answers {status}");
        return new StepObservation(message)
        {
            Evidence = [evidence],
            Checks = [Check(context, unit, $"{unit.Name} is well", status is >= 200 and <= 299, message, evidence)],
            Data = new System.Text.Json.Nodes.JsonObject { ["unit"] = unit.Name, ["status"] = status },
        };
    }

    public override Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is done again"));
}
