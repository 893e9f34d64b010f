using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>The tables that a run filled, however it did; they were empty before, which readiness saw.</summary>
internal static class FilledTables
{
    /// <summary>Empties them and sets their sequences to where they stood, in one transaction.</summary>
    /// <param name="target">Where they are.</param>
    /// <param name="layout">Which.</param>
    /// <param name="prior">The prior state of the step that filled them; <c>sequences</c> in it.</param>
    /// <param name="cancellationToken">Ends it; nothing is changed then.</param>
    public static async Task EmptyAsync(IDatabase target, DatabaseLayout layout, JsonObject prior, CancellationToken cancellationToken)
    {
        var dialect = target.Dialect;
        var sequences = await MovedSequences.FindAsync(target, layout.Pairs, prior, cancellationToken).ConfigureAwait(false);
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await ForeignKeyEnforcement.TurnOffAsync(session, dialect, cancellationToken).ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var sql in Removals(layout, dialect).Concat(sequences.Select(dialect.SetSequence).OfType<string>()))
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether they are empty.</summary>
    public static async Task<EffectReport> LookAsync(IDatabase target, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        var snapshot = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
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
