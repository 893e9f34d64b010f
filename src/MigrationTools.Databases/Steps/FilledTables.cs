using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>The tables that a run filled, however it did. They were empty before, which readiness saw, or was waived.</summary>
internal static class FilledTables
{
    /// <summary>Those that have rows before the run fills them, for its prior state (<c>filled</c>).</summary>
    public static async Task<JsonArray> CaptureAsync(IDatabaseSnapshot target, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        var filled = new JsonArray();
        foreach (var pair in layout.Pairs)
        {
            if (await target.CountAsync(pair.TargetQuery(), cancellationToken).ConfigureAwait(false) > 0)
            {
                filled.Add(pair.TargetName);
            }
        }

        return filled;
    }

    /// <summary>Empties them and sets their sequences to where they stood, in one transaction.</summary>
    /// <param name="target">Where they are.</param>
    /// <param name="layout">Which.</param>
    /// <param name="prior">The prior state of the step that filled them; <c>sequences</c> and <c>filled</c> in it.</param>
    /// <param name="cancellationToken">Ends it; nothing is changed then.</param>
    /// <exception cref="ContractRefusedException">Some had rows before, which can't be told from those that came.</exception>
    public static async Task EmptyAsync(IDatabase target, DatabaseLayout layout, JsonObject prior, CancellationToken cancellationToken)
    {
        if (prior["filled"] is JsonArray { Count: > 0 } filled)
        {
            throw new ContractRefusedException(
                $"{target.Endpoint}: nothing was emptied, for {string.Join(", ", filled.Select(name => name!.GetValue<string>()))} had rows before this run, which can't be told from those that it brought. Remove what came yourself, by its keys.");
        }

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
        if (layout.Pairs.Count == 0)
        {
            return [];
        }

        if (dialect.Name != "postgresql")
        {
            return layout.Pairs.Select(pair => $"delete from {dialect.Quote(pair.Target.Name)}");
        }

        // Without ONLY the rows of tables that inherit from these would go too. A partitioned table has none of its own, and its partitions' are its rows.
        var partitioned = layout.TargetNow.Others.Where(other => other.Kind == "partitioned table").Select(other => other.Name).ToHashSet(StringComparer.Ordinal);
        var tables = layout.Pairs.Select(pair => $"{(partitioned.Contains(pair.Target.Name.ToString()) ? "" : "only ")}{dialect.Quote(pair.Target.Name)}");
        return [$"truncate {string.Join(", ", tables)} continue identity"];
    }
}
