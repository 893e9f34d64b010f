using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Drops the source's tables that were moved (parameter <c>tables</c>), in one transaction that first keeps writers out and sees that they hold what they held
/// when they were last compared: what was written to the old side since is in no other place. Data: <c>rows</c>, how many were dropped with them.
/// </summary>
public sealed class DropSourceStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.DropSource;

    /// <summary>What the source's tables held when they were last compared; null where no comparison of this run took it down.</summary>
    internal static DatabaseFingerprint? Compared(StepContext context) =>
        context.Observed
            .Where(step => step.Key.EndsWith($"-{DatabaseStepNames.Compare}:{context.Step.System}", StringComparison.Ordinal))
            .Select(step => step.Value[CompareStep.SourceData])
            .LastOrDefault(source => source is not null)
            .Deserialize<DatabaseFingerprint>(MigrationJson.Line);

    /// <summary>What they hold now.</summary>
    internal static Task<DatabaseFingerprint> TakeAsync(DatabasePair databases, IReadOnlyList<TableName> tables, StepContext context, CancellationToken cancellationToken) =>
        DatabaseFingerprinter.TakeAsync(databases.Source, table => tables.Contains(table.Name), context.Observer, cancellationToken);

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var source = databases.Source;
        var tables = SourceTables.Read(context.Action.Parameters);
        var compared = Compared(context) ?? throw new ContractRefusedException($"{source.Endpoint}: nothing is dropped, for this run holds no comparison of its tables to hold them against. Remove them yourself.");
        var session = await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);

        // SQLite would check the rows of every other table at each drop.
        await ForeignKeyEnforcement.TurnOffAsync(session, source.Dialect, cancellationToken).ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        await KeepWritersOutAsync(session, source.Dialect, tables, cancellationToken).ConfigureAwait(false);
        await RefuseWhatIsReferredToAsync(session, source, tables, cancellationToken).ConfigureAwait(false);
        var now = await TakeAsync(databases, tables, context, cancellationToken).ConfigureAwait(false);
        if (FingerprintDifference.DescribeRows(compared, now) is { Count: > 0 } differences)
        {
            throw new ContractRefusedException(
                $"{source.Endpoint} was changed since it was compared, and the target does not have that: {string.Join("; ", differences.Take(10))}. Nothing was dropped. Find out who still writes to the old side and bring it over, then remove the tables yourself.");
        }

        foreach (var sql in source.Dialect.DropTables(tables))
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        await RefuseBrokenViewsAsync(session, source, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        var rows = now.Tables.Sum(table => table.Rows);
        return new StepObservation(string.Create(CultureInfo.InvariantCulture, $"dropped {tables.Count} tables of the source with {rows:N0} rows: {SourceTables.Names(tables)}"))
        {
            Evidence = [new Evidence("fingerprint of the source before", $"{rows} rows, as when it was compared", time.GetUtcNow()) { Endpoint = source.Endpoint.Redacted }],
            Data = new JsonObject { ["rows"] = rows },
        };
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var tables = SourceTables.Read(context.Action.Parameters);
        var missing = await SourceTables.MissingAsync(databases.Source, tables, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return new EffectReport(Effect.NotApplied, "the source still has its tables");
        }

        if (missing.Count < tables.Count)
        {
            return new EffectReport(Effect.Unknown, $"of the source's tables {SourceTables.Names(missing)} are gone and {SourceTables.Names(tables.Except(missing))} are there, and this step drops all or none");
        }

        var summary = $"the source has none of the tables any more: {SourceTables.Names(tables)}";
        return new EffectReport(Effect.Applied, summary)
        {
            Observation = new StepObservation(summary) { Evidence = [new Evidence("tables of the source", "none of them", time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted }] },
        };
    }

    /// <summary>PostgreSQL: readers may go on until the drop itself; a lock that somebody else holds is waited for a while only, for whoever queues behind it waits too. SQLite's transaction has the write lock.</summary>
    private static async Task KeepWritersOutAsync(IDatabaseSession session, ISqlDialect dialect, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        if (dialect.Name != "postgresql")
        {
            return;
        }

        await session.ExecuteAsync("set local lock_timeout = '10s'", [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"lock table {string.Join(", ", tables.Select(dialect.Quote))} in share row exclusive mode", [], cancellationToken).ConfigureAwait(false);
    }

    private static async Task RefuseWhatIsReferredToAsync(IDatabaseSession session, IDatabase source, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        var schema = await session.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var referring = schema.Tables
            .Where(table => !tables.Contains(table.Name))
            .SelectMany(table => table.ForeignKeys.Where(key => tables.Contains(key.References)).Select(key => $"{table.Name} refers to {key.References}"))
            .ToList();
        if (referring.Count > 0)
        {
            throw new ContractRefusedException($"{source.Endpoint}: nothing was dropped, for tables that stay refer to what would go: {string.Join("; ", referring)}. Settle that, then resume.");
        }
    }

    /// <summary>PostgreSQL refuses to drop what a view reads; SQLite drops it and leaves a view that fails.</summary>
    private static async Task RefuseBrokenViewsAsync(IDatabaseSession session, IDatabase source, CancellationToken cancellationToken)
    {
        if (source.Dialect.Name != "sqlite")
        {
            return;
        }

        foreach (var view in (await session.ReadSchemaAsync(cancellationToken).ConfigureAwait(false)).Views)
        {
            try
            {
                await session.QueryAsync($"select 1 from {source.Dialect.Quote(view.Name)} limit 0", [], cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseException e)
            {
                throw new ContractRefusedException($"{source.Endpoint}: nothing was dropped, for the view {view.Name} could not be read without the tables ({e.Message}). Drop it, then resume.");
            }
        }
    }
}
