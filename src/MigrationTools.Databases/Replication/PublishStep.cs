using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>Makes a publication of the tables on the source. Data: <c>publication</c>, <c>tables</c>.</summary>
public sealed class PublishStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Publish;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var name = ReplicationNames.Of(context);
        var session = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var dialect = databases.Source.Dialect;
        var tables = string.Join(", ", layout.Pairs.Select(pair => dialect.Quote(pair.Source!.Name)));
        var there = await Publication.ReadAsync(session, name, cancellationToken).ConfigureAwait(false);

        // A partitioned table is filled under its own name, however the target is partitioned.
        var sql = there is null
            ? $"create publication {dialect.Quote(name)} for table {tables} with (publish_via_partition_root = true)"
            : $"alter publication {dialect.Quote(name)} set table {tables}";
        await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        var published = await Publication.ReadAsync(session, name, cancellationToken).ConfigureAwait(false) ?? [];
        return Observe(databases, name, published);
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var name = ReplicationNames.Of(context);
        var session = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var published = await Publication.ReadAsync(session, name, cancellationToken).ConfigureAwait(false);
        if (published is null)
        {
            return new EffectReport(Effect.NotApplied, $"the source has no publication {name}");
        }

        return published.SequenceEqual(layout.Pairs.Select(pair => pair.SourceName).Order(StringComparer.Ordinal))
            ? new EffectReport(Effect.Applied, $"the publication {name} has the {published.Count} tables") { Observation = Observe(databases, name, published) }
            : new EffectReport(Effect.Partial, $"the publication {name} has other tables: {string.Join(", ", published)}") { Continuable = true };
    }

    private StepObservation Observe(DatabasePair databases, string name, IReadOnlyList<string> tables) => new($"the source publishes {tables.Count} tables as {name}")
    {
        Evidence = [new Evidence($"tables of pg_publication {name}", string.Join(", ", tables), time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted }],
        Data = new JsonObject { ["publication"] = name, ["tables"] = tables.Count },
    };
}
