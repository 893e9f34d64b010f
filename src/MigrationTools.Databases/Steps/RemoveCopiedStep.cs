using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Empties the tables that the run filled (they were empty before: readiness saw that), sets their sequences to where they stood, and
/// removes the copy's progress.
/// </summary>
public sealed class RemoveCopiedStep(DatabaseCatalog catalog, DatabaseLayouts layouts) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.RemoveCopied;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new StepObservation("there is no database any more: nothing to remove");
        }

        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        await FilledTables.EmptyAsync(databases.Target, layout, context.Prior, cancellationToken).ConfigureAwait(false);
        await CopyProgress.RemoveAsync(databases.Target, CopyStep.CopyIdOf(context), cancellationToken).ConfigureAwait(false);
        return new StepObservation($"emptied {layout.Pairs.Count} tables");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.Applied, "there is no database");
        }

        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        return await FilledTables.LookAsync(databases.Target, layout, cancellationToken).ConfigureAwait(false);
    }
}
