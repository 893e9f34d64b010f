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
        var dialect = databases.Target.Dialect;
        var sequences = await MovedSequences.FindAsync(databases.Target, layout.Pairs, context.Prior, cancellationToken).ConfigureAwait(false);
        var session = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await ForeignKeyEnforcement.TurnOffAsync(session, dialect, cancellationToken).ConfigureAwait(false);
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            foreach (var sql in Removals(layout, dialect).Concat(sequences.Select(dialect.SetSequence).OfType<string>()))
            {
                await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
            }

            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

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
        var snapshot = await databases.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        foreach (var pair in layout.Pairs)
        {
            var rows = await snapshot.CountAsync(pair.TargetQuery(), cancellationToken).ConfigureAwait(false);
            if (rows > 0)
            {
                return new EffectReport(Effect.Partial, $"{pair.TargetName} still has {rows} rows") { Continuable = true };
            }
        }

        return new EffectReport(Effect.Applied, $"{layout.Pairs.Count} tables are empty");
    }

    // PostgreSQL empties tables that refer to each other only together.
    private static IEnumerable<string> Removals(DatabaseLayout layout, ISqlDialect dialect)
    {
        var tables = layout.Pairs.Select(pair => dialect.Quote(pair.Target.Name)).ToList();
        if (tables.Count == 0)
        {
            return [];
        }

        return dialect.Name == "postgresql" ? [$"truncate {string.Join(", ", tables)} continue identity"] : tables.Select(table => $"delete from {table}");
    }
}
