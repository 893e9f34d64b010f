using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Gives the source's database the setting back that it had.</summary>
public sealed class LiftFenceStep(DatabaseCatalog catalog) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.LiftFence;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var before = (string?)context.Prior["setting"];
        await ReadOnlyDefault.WriteAsync(databases.Source, before, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"default_transaction_read_only of the source is {before ?? "not set"} again");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var setting = await ReadOnlyDefault.ReadAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        return new EffectReport(setting == (string?)context.Prior["setting"] ? Effect.Applied : Effect.NotApplied, $"the setting is {setting ?? "not set"}");
    }
}
