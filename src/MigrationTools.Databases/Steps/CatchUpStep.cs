using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Brings the target to where the source stands now: compares, writes the repair script into the run's directory, where it stays, and runs it in one
/// transaction, at whose end foreign keys that go in a circle are checked. Data: <c>tables</c>, <c>inserted</c>, <c>updated</c>, <c>deleted</c>, <c>leftOut</c>, <c>script</c>.
/// </summary>
public sealed class CatchUpStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    /// <summary>More rows than this are no lag of a copy: the script would be as long as the tables.</summary>
    public const int MostRows = 1_000_000;

    public override string Verb => DatabaseStepNames.CatchUp;

    internal long Limit { get; init; } = MostRows;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        using var script = new RepairScript(context.RunDirectory);
        var options = new ComparisonOptions { Sink = script, MaxDifferences = 0, SpoolDirectory = context.RunDirectory };
        var tables = new List<TableComparison>();
        await foreach (var table in DatabaseComparer.CompareAsync(databases.Source, databases.Target, layout.Pairs, options, databases.System.Copy.Parallelism, context.Observer, cancellationToken).ConfigureAwait(false))
        {
            tables.Add(table);
        }

        if (tables.Find(table => table.Verdict is not (Verdict.Passed or Verdict.Failed)) is { } unknown)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError, $"{unknown.Source} and {unknown.Target} could not be compared ({unknown.Verdict}: {string.Join("; ", unknown.Notes)}), so nothing was caught up. Mend the cause and resume the run.");
        }

        var differing = tables.Sum(table => table.Missing + table.Extra + table.Changed);
        if (differing > Limit)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError, string.Create(CultureInfo.InvariantCulture, $"{differing:N0} rows differ, which is more than the {Limit:N0} that are caught up row by row. Roll the run back and begin it anew with fewer writes, or stop the writers before it copies."));
        }

        return differing == 0
            ? Observe(tables, new RepairSummary("") { NotCovered = [] }, databases)
            : await ApplyAsync(databases, context, layout, script, tables, cancellationToken).ConfigureAwait(false);
    }

    // What was applied agrees, so comparing again finds the rest.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it compares anew and brings over what still differs"));

    private async Task<StepObservation> ApplyAsync(
        DatabasePair databases, StepContext context, DatabaseLayout layout, RepairScript script, List<TableComparison> tables, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(context.RunDirectory, "catch-up");
        var path = Path.Combine(directory, $"{databases.System.Name}-{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}.sql");
        var schema = await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var header = new RepairHeader(time.GetUtcNow()) { Tables = tables, Notes = [$"Run by step {context.Step.Id} of run {context.RunId}."] };
        var summary = await script.WriteAsync(path, databases.Source, databases.Target, layout.Pairs, schema, header, cancellationToken).ConfigureAwait(false);
        if (summary.LeftOut > 0)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError, string.Create(CultureInfo.InvariantCulture, $"{summary.LeftOut:N0} differing rows can't be caught up ({string.Join("; ", summary.NotCovered.Take(5))}), so nothing was changed. The script is {path}."));
        }

        await RunAsync(databases.Target, schema, await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return Observe(tables, summary, databases);
    }

    // The script's first line is for the program that a person runs it with; the rest is one transaction.
    private static async Task RunAsync(IDatabase target, DatabaseSchema schema, string script, CancellationToken cancellationToken)
    {
        const string commit = "COMMIT;";
        var text = script[(script.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var cyclic = target.Dialect.Name == "postgresql" ? CyclicKeys.Find(schema) : [];
        if (cyclic.Count == 0)
        {
            await session.ExecuteAsync(text, [], cancellationToken).ConfigureAwait(false);
            return;
        }

        // The same transaction, with a beginning and an end around it: the keys are as they were before it ends, or it never was.
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var key in cyclic)
        {
            await session.ExecuteAsync(CyclicKeys.Defer(target.Dialect, key), [], cancellationToken).ConfigureAwait(false);
        }

        await session.ExecuteAsync(text[..text.LastIndexOf(commit, StringComparison.Ordinal)], [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync("set constraints all immediate", [], cancellationToken).ConfigureAwait(false);
        foreach (var key in cyclic)
        {
            await session.ExecuteAsync(CyclicKeys.Restore(target.Dialect, key), [], cancellationToken).ConfigureAwait(false);
        }

        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private StepObservation Observe(List<TableComparison> tables, RepairSummary summary, DatabasePair databases)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{tables.Count} tables compared: {summary.Inserts:N0} rows inserted, {summary.Updates:N0} updated, {summary.Deletes:N0} deleted");
        return new StepObservation(message)
        {
            Evidence = [new Evidence("differences of source and target, brought over", message, time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject
            {
                ["tables"] = tables.Count,
                ["inserted"] = summary.Inserts,
                ["updated"] = summary.Updates,
                ["deleted"] = summary.Deletes,
                ["leftOut"] = summary.LeftOut,
                ["script"] = summary.Path,
            },
        };
    }
}
