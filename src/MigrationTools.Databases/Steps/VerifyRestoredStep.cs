using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// The end of every rollback: both sides are read again and held against what they held before the run. With the parameter <c>sourceIsWritten</c> the source's
/// users write to it all the while: then its rows are theirs, and only its structure is held against what was.
/// </summary>
public sealed class VerifyRestoredStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.VerifyRestored;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!context.Observed.TryGetValue(context.Step.Id, out var captured) || captured.Count == 0)
        {
            return new StepObservation("the run was cut off before it took down what was there; it had changed nothing by then");
        }

        var before = captured["target"].Deserialize<DatabaseFingerprint>(MigrationJson.Line);
        var target = await TakeIfThereAsync(databases.Target, null, context.Observer, cancellationToken).ConfigureAwait(false);
        var sourceBefore = captured["source"].Deserialize<DatabaseFingerprint>(MigrationJson.Line);
        var source = await TakeIfThereAsync(databases.Source, table => TablePairing.IsTaken(databases.System, table.Name), context.Observer, cancellationToken).ConfigureAwait(false);
        var written = (bool?)context.Action.Parameters["sourceIsWritten"] == true;
        var checks = new[]
        {
            Check("restored", "the target holds what it held before", databases, databases.Target, [.. FingerprintDifference.Describe(before, target), .. FingerprintDifference.DescribeSequences(before, target)], target, ownWrites: false),
            Check("untouched", written ? "the source has the structure that it had before" : "the source holds what it held before", databases, databases.Source, written ? FingerprintDifference.DescribeStructure(sourceBefore, source) : FingerprintDifference.Describe(sourceBefore, source), source, written),
        };
        return new StepObservation(string.Join("; ", checks.Select(check => $"{check.Name}: {check.Verdict}")))
        {
            Checks = checks,
            Data = new JsonObject { ["target"] = JsonSerializer.SerializeToNode(target, MigrationJson.Line) },
        };
    }

    // What it saw is in its checks; a look of its own would only read everything once more.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.Applied, "both sides were read and held against what was taken down"));

    private async Task<DatabaseFingerprint?> TakeIfThereAsync(
        IDatabase database, Func<TableSchema, bool>? include, IOperationObserver observer, CancellationToken cancellationToken) =>
        await database.ExistsAsync(cancellationToken).ConfigureAwait(false)
            ? await DatabaseFingerprinter.TakeAsync(database, include, observer, cancellationToken).ConfigureAwait(false)
            : null;

    private CheckResult Check(string id, string name, DatabasePair databases, IDatabase database, IReadOnlyList<string> differences, DatabaseFingerprint? now, bool ownWrites) => new()
    {
        Id = $"{id}:{databases.System.Name}",
        Name = name,
        System = databases.System.Name,
        Category = "rollback",
        Verdict = differences.Count == 0 ? Verdict.Passed : Verdict.Failed,
        Message = differences.Count == 0
            ? now is null ? "no database, as before" : $"{now.Tables.Count} tables, {now.Tables.Sum(table => table.Rows):N0} rows, {(ownWrites ? "the same structure as before; its users wrote to it meanwhile, so its rows are theirs" : "the same structure and the same rows as before")}"
            : string.Join("; ", differences.Take(10)) + (differences.Count > 10 ? $"; and {differences.Count - 10} more" : ""),
        Remedy = differences.Count == 0 ? null : $"Look at {database.Endpoint}: somebody else may have changed it while the run was going.",
        Evidence = [new Evidence("fingerprint", now is null ? "no database" : $"schema {now.SchemaHash}", time.GetUtcNow()) { Endpoint = database.Endpoint.Redacted }],
    };
}
