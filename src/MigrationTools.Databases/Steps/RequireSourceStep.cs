using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// The way back from <see cref="DropSourceStep"/>: none of our making. It stops a rollback, before anything of the target is taken away, unless the source has its
/// tables: because they were never dropped, or because somebody brought them back.
/// </summary>
public sealed class RequireSourceStep(DatabaseCatalog catalog) : DatabaseStep(catalog), ILossCheck
{
    public override string Verb => DatabaseStepNames.RequireSource;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var tables = SourceTables.Read(context.Action.Parameters);
        var missing = await SourceTables.MissingAsync(databases.Source, tables, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw new RollbackWouldLoseDataException(
                $"{databases.Source.Endpoint} no longer has the tables {SourceTables.Names(missing)}, which this run dropped once that was approved. Going back would leave neither side with the data: bring them back from a backup first, then roll back again.");
        }

        if (!context.Observed.TryGetValue(context.Step.Id, out var dropped) || dropped.Count == 0)
        {
            return new StepObservation("the source's tables were never dropped");
        }

        var differences = FingerprintDifference.DescribeRows(DropSourceStep.Compared(context), await DropSourceStep.TakeAsync(databases, tables, context, cancellationToken).ConfigureAwait(false));
        if (differences.Count > 0 && !context.AcceptDataLoss)
        {
            throw new RollbackWouldLoseDataException(
                $"{databases.Source.Endpoint} has its tables again, but they do not hold what they held before they were dropped: {string.Join("; ", differences.Take(10))}. Bring back the right backup, or say that the difference may be lost (--accept-data-loss; in PowerShell -AcceptDataLoss).");
        }

        return new StepObservation(differences.Count == 0 ? "the source has its tables again, with the rows that they held" : $"the source has its tables again; accepted as lost: {string.Join("; ", differences)}");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var missing = await SourceTables.MissingAsync(databases.Source, SourceTables.Read(context.Action.Parameters), cancellationToken).ConfigureAwait(false);
        return missing.Count == 0
            ? new EffectReport(Effect.Applied, "the source has all of the tables")
            : new EffectReport(Effect.NotApplied, $"the source does not have {SourceTables.Names(missing)}");
    }
}
