using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Drops the source's tables that were moved (parameter <c>tables</c>), in one transaction that first keeps writers out and sees that they hold what they held
/// when they were last found equal to the target's, and that the target still has its tables and rows in them. Data: <c>rows</c>, how many were dropped with them; null where that was
/// found when the run was resumed.
/// </summary>
public sealed class DropSourceStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
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
        var compared = Compared(context) ?? new DatabaseFingerprint("", []);
        var unproved = tables.Where(table => !compared.Tables.Any(known => known.Table == table.ToString())).ToList();
        if (unproved.Count > 0)
        {
            throw new ContractRefusedException($"{source.Endpoint}: nothing was dropped, for {SourceTables.Names(unproved)} {(unproved.Count == 1 ? "was" : "were")} not compared row by row in this run, or not found equal. Compare by checksums, or remove the tables yourself.");
        }

        var filled = await LookAtTargetAsync(databases, compared, tables, cancellationToken).ConfigureAwait(false);
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
                $"{source.Endpoint} was changed since it was compared with the target: {string.Join("; ", differences.Take(10))}. Nothing was dropped. Find out who still writes to the old side and bring it over, then remove the tables yourself.");
        }

        var readable = await ReadableViewsAsync(session, source, cancellationToken).ConfigureAwait(false);
        foreach (var sql in source.Dialect.DropTables(tables))
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        await RefuseBrokenAsync(session, source, tables, readable, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        var rows = now.Tables.Sum(table => table.Rows);
        return new StepObservation(string.Create(CultureInfo.InvariantCulture, $"dropped {tables.Count} tables of the source with {rows:N0} rows: {SourceTables.Names(tables)}"))
        {
            Evidence =
            [
                new Evidence("fingerprint of the source before", $"{rows} rows, as when it was found equal to the target", time.GetUtcNow()) { Endpoint = source.Endpoint.Redacted },
                new Evidence("a row of each table of the target", $"{filled} tables have one", time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted },
            ],
            Data = new JsonObject { ["rows"] = rows },
        };
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var tables = SourceTables.Read(context.Action.Parameters);
        if (!await databases.Source.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.Unknown, $"{databases.Source.Endpoint} is not there, which is not this step's doing");
        }

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
            Observation = new StepObservation(summary) { Data = new JsonObject { ["rows"] = null }, Evidence = [new Evidence("tables of the source", "none of them", time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted }] },
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

    /// <summary>The days between an approval and this step are long enough for the target to be emptied, restored to an older state, or moved.</summary>
    /// <returns>How many tables of the target were seen to have rows.</returns>
    private async Task<int> LookAtTargetAsync(DatabasePair databases, DatabaseFingerprint compared, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var filled = compared.Tables.Where(table => table.Rows > 0).Select(table => table.Table).ToHashSet(StringComparer.Ordinal);
        var session = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var seen = 0;
        foreach (var table in tables)
        {
            var targets = layout.Pairs.Where(pair => pair.Source?.Name == table).Select(pair => pair.Target.Name).ToList();
            if (targets.Count == 0)
            {
                throw new ContractRefusedException($"{databases.Source.Endpoint}: nothing was dropped, for {databases.Target.Endpoint} has no table for {table} any more. Find out why.");
            }

            foreach (var target in targets.Where(_ => filled.Contains(table.ToString())))
            {
                if ((await session.QueryAsync($"select 1 from {databases.Target.Dialect.Quote(target)} limit 1", [], cancellationToken).ConfigureAwait(false)).Count == 0)
                {
                    throw new ContractRefusedException($"{databases.Source.Endpoint}: nothing was dropped, for {target} of {databases.Target.Endpoint} is empty, and {table} is not. Find out why.");
                }

                seen++;
            }
        }

        return seen;
    }

    /// <summary>SQLite drops what others read and leaves a view that fails; PostgreSQL refuses by itself. Those that fail already are no fault of the drop.</summary>
    private static async Task<IReadOnlyList<TableName>> ReadableViewsAsync(IDatabaseSession session, IDatabase source, CancellationToken cancellationToken)
    {
        var readable = new List<TableName>();
        foreach (var view in source.Dialect.Name == "sqlite" ? (await session.ReadSchemaAsync(cancellationToken).ConfigureAwait(false)).Views : [])
        {
            if (await WhyUnreadableAsync(session, source, view.Name, cancellationToken).ConfigureAwait(false) is null)
            {
                readable.Add(view.Name);
            }
        }

        return readable;
    }

    private static async Task RefuseBrokenAsync(IDatabaseSession session, IDatabase source, IReadOnlyList<TableName> tables, IReadOnlyList<TableName> readable, CancellationToken cancellationToken)
    {
        if (source.Dialect.Name != "sqlite")
        {
            return;
        }

        foreach (var view in readable)
        {
            if (await WhyUnreadableAsync(session, source, view, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                throw new ContractRefusedException($"{source.Endpoint}: nothing was dropped, for the view {view} can't be read without the tables ({reason}). Drop it, then resume.");
            }
        }

        // Those of the dropped tables went with them. The text is all that SQLite tells of what a trigger does.
        foreach (var trigger in await session.QueryAsync("select name, tbl_name, sql from sqlite_master where type = 'trigger'", [], cancellationToken).ConfigureAwait(false))
        {
            if (tables.FirstOrDefault(table => Regex.IsMatch(trigger[2] ?? "", $@"(?<!\w){Regex.Escape(table.Name)}(?!\w)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))) is { } named)
            {
                throw new ContractRefusedException($"{source.Endpoint}: nothing was dropped, for the trigger {trigger[0]} of {trigger[1]}, which stays, names {named}. Drop it, then resume.");
            }
        }
    }

    private static async Task<string?> WhyUnreadableAsync(IDatabaseSession session, IDatabase source, TableName view, CancellationToken cancellationToken)
    {
        try
        {
            await session.QueryAsync($"select 1 from {source.Dialect.Quote(view)} limit 0", [], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DatabaseException e)
        {
            return e.Message;
        }
    }
}
