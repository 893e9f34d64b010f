using System.Globalization;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Replication;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies.Recommendation;

namespace MigrationTools.Databases.Recommendation;

/// <summary>How much there is to copy and how fast, whether both sides fit, and whether the servers can replicate.</summary>
public sealed class DatabaseFacts(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : IStrategyFacts
{
    public bool Serves(SystemSpec system) => system is DatabaseSystemSpec;

    public async Task<IReadOnlyList<StrategyFact>> LookAsync(MigrationSpec spec, SystemSpec system, CancellationToken cancellationToken)
    {
        var database = (DatabaseSystemSpec)system;
        DatabaseLayout layout;
        try
        {
            layout = await layouts.ResolvePlannedAsync(database, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationToolsException e)
        {
            return [.. new[] { FactKind.SchemaFits, FactKind.DataSize, FactKind.CopyTime, FactKind.Replicates }.Select(kind => NotSeen(database, kind, "the structure of both sides", e.Message))];
        }

        return [Fits(database, layout), .. await SizesAsync(database, layout, cancellationToken).ConfigureAwait(false), await ReplicatesAsync(database, layout, cancellationToken).ConfigureAwait(false)];
    }

    private StrategyFact Fits(DatabaseSystemSpec system, DatabaseLayout layout)
    {
        var problems = layout.Pairing.Problems;
        var text = problems.Count == 0
            ? $"{layout.Pairs.Count} tables are paired{(layout.Change is { } change ? $", and the target's schema can be made ({change.Origin})" : "")}"
            : string.Join("; ", problems.Take(3)) + (problems.Count > 3 ? $"; and {problems.Count - 3} more" : "");
        return Seen(system, FactKind.SchemaFits, problems.Count == 0, text, "structure of both sides", system.Target);
    }

    private async Task<IReadOnlyList<StrategyFact>> SizesAsync(DatabaseSystemSpec system, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        const string look = "rows, and a read of some of them";
        try
        {
            var (estimate, rows) = await new CopyEstimate(catalog, time).LookAsync(layout, cancellationToken).ConfigureAwait(false);
            var source = catalog.Open(system.Source);
            await using var dispose = source.ConfigureAwait(false);
            var bytes = (await source.GetServerInfoAsync(cancellationToken).ConfigureAwait(false)).DatabaseBytes;
            var size = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows; the database has {(bytes is { } known ? $"{known:N0} bytes" : "a size that it does not tell")}");
            return
            [
                Seen(system, FactKind.DataSize, true, size, look, system.Source) with { Amount = rows },
                Seen(system, FactKind.CopyTime, true, estimate.Basis, look, system.Source) with { Amount = estimate.Duration?.TotalSeconds },
            ];
        }
        catch (MigrationToolsException e)
        {
            return [NotSeen(system, FactKind.DataSize, look, e.Message), NotSeen(system, FactKind.CopyTime, look, e.Message)];
        }
    }

    private async Task<StrategyFact> ReplicatesAsync(DatabaseSystemSpec system, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        const string look = "what logical replication needs";
        try
        {
            var source = catalog.Open(system.Source);
            await using var disposeSource = source.ConfigureAwait(false);
            var target = catalog.Open(system.Target);
            await using var disposeTarget = target.ConfigureAwait(false);
            if (source.Dialect.Name != "postgresql" || target.Dialect.Name != "postgresql")
            {
                return Seen(system, FactKind.Replicates, false, $"it is {source.Dialect.Name} to {target.Dialect.Name}, not PostgreSQL to PostgreSQL", look, system.Source);
            }

            IReadOnlyList<FitnessAnswer> answers =
            [
                .. await ReplicationFitness.AskAsync(source, layout, cancellationToken).ConfigureAwait(false),
                .. await ReplicationFitness.AskSourceAsync(source, cancellationToken).ConfigureAwait(false),
                await ReplicationFitness.AskTargetAsync(target, cancellationToken).ConfigureAwait(false),
            ];
            var unfit = answers.Where(answer => !answer.Fits).ToList();
            return Seen(system, FactKind.Replicates, unfit.Count == 0, string.Join("; ", (unfit.Count == 0 ? answers : unfit).Select(answer => answer.Message)), look, system.Source);
        }
        catch (MigrationToolsException e)
        {
            return NotSeen(system, FactKind.Replicates, look, e.Message);
        }
    }

    private StrategyFact Seen(DatabaseSystemSpec system, FactKind kind, bool holds, string text, string look, Endpoint endpoint) =>
        new(kind, system.Name, holds, text, new Evidence($"{look} of {system.Name}", text, time.GetUtcNow()) { Endpoint = endpoint.Redacted });

    private StrategyFact NotSeen(DatabaseSystemSpec system, FactKind kind, string look, string why) =>
        new(kind, system.Name, null, why, new Evidence($"{look} of {system.Name}", null, time.GetUtcNow()) { Endpoint = system.Source.Redacted });
}
