using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Undoes <see cref="SuspendConstraintsStep"/>: what the journal says was put aside is there again.</summary>
public sealed class RestoreConstraintsStep(DatabaseCatalog catalog) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.RestoreConstraints;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new StepObservation("there is no database any more: nothing to put back");
        }

        var suspended = SuspendConstraintsStep.Read(context.Prior);
        await ConstraintSuspension.RestoreAsync(databases.Target, suspended, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"{suspended.Objects.Count} keys and indexes are in place");
    }

    // Restoring looks up every object and throws where one is not in place in the end.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.Applied, "each was looked up by name"));
}
