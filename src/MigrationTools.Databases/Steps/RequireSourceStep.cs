using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// The way back from <see cref="DropSourceStep"/>: none of our making. It stops a rollback, before anything of the target is taken away, unless the source has its
/// tables with the rows that they held: because they were never dropped, or because somebody brought them back. Where no table has a row any more, and some had, it is stopped whatever is accepted.
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
                $"{databases.Source.Endpoint} no longer has the tables {SourceTables.Names(missing)}, which this run was to drop in the end. Going back would leave neither side with the data: bring them back from a backup first, then roll back again.");
        }

        // Whether they were dropped is not asked: a process that was killed may have dropped them without a word in the journal. What they hold decides.
        if (DropSourceStep.Compared(context) is not { } compared)
        {
            return new StepObservation("the source has its tables; they were never compared, so they were never dropped");
        }

        var now = await DropSourceStep.TakeAsync(databases, tables, context, cancellationToken).ConfigureAwait(false);
        var lost = now with { Tables = [.. now.Tables.Where(table => compared.Tables.Any(known => known.Table == table.Table))] };
        var differences = FingerprintDifference.DescribeRows(compared, lost);
        var emptied = compared.Tables.Where(known => known.Rows > 0 && now.Tables.Any(table => table.Table == known.Table && table.Rows == 0)).Select(known => known.Table).ToList();
        if (emptied.Count > 0 && emptied.Count == compared.Tables.Count(known => known.Rows > 0))
        {
            throw new RollbackWouldLoseDataException(
                $"{databases.Source.Endpoint} has {string.Join(", ", emptied)} without a row, and had rows there when it was compared. Going back would leave neither side with the data: bring them back from a backup first, then roll back again.");
        }

        if (differences.Count > 0 && !context.AcceptDataLoss)
        {
            throw new RollbackWouldLoseDataException(
                $"{databases.Source.Endpoint} does not hold what it held when it was compared: {string.Join("; ", differences.Take(10))}. If that is a backup, bring back the right one; if its users wrote to it, say that the difference may stay (--accept-data-loss; in PowerShell -AcceptDataLoss).");
        }

        return new StepObservation(differences.Count == 0 ? "the source has its tables, with the rows that they held when they were compared" : $"the source has its tables; accepted: {string.Join("; ", differences)}");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var missing = await SourceTables.MissingAsync(databases.Source, SourceTables.Read(context.Action.Parameters), cancellationToken).ConfigureAwait(false);
        return missing.Count == 0
            ? new EffectReport(Effect.Applied, "the source has all of the tables")
            : new EffectReport(Effect.NotApplied, $"the source does not have {SourceTables.Names(missing)}");
    }
}
