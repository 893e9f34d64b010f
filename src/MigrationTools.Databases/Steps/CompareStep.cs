using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Proves that the data arrived. Data: <c>comparison</c> (a <see cref="DatabaseComparison"/>), <c>counts</c>, <c>referential</c>, <c>rules</c>,
/// <c>quality</c>, <c>score</c>.
/// </summary>
public sealed class CompareStep(DatabaseCatalog catalog, DatabaseLayouts layouts, DataProof proof) : DatabaseStep(catalog)
{
    /// <summary>The name, in its data, of what the source's tables held that were then found equal; only where they are dropped in the end.</summary>
    internal const string SourceData = "source";

    public override string Verb => DatabaseStepNames.Compare;

    public override bool Lapses => true;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        PlannedPairs.Require(context.Action.Parameters, layout);

        // Taken before anything is compared: a source that still holds this later is the one that was compared.
        var moved = layout.Pairs.Select(pair => pair.Source?.Name).OfType<TableName>().ToHashSet();
        var source = databases.System.Contract == ContractMode.DropTables
            ? await DatabaseFingerprinter.TakeAsync(databases.Source, table => moved.Contains(table.Name), context.Observer, cancellationToken).ConfigureAwait(false)
            : null;
        var items = new List<ProofItem>();
        await foreach (var item in proof.ProveAsync(context.Spec, layout, databases.Source, databases.Target, context.Observer, cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
        }

        var checks = items.ConvertAll(item => item.Check);
        var tables = items.Select(item => item.Comparison).OfType<TableComparison>().OrderBy(table => table.Target, StringComparer.Ordinal).ToList();
        var comparison = new DatabaseComparison(
            Verdicts.Combine(tables.Select(table => table.Verdict)), databases.Source.Endpoint.Redacted, databases.Target.Endpoint.Redacted, tables);
        var score = IntegrityScore.Of(checks);
        var observation = new StepObservation(
            $"{checks.Count(check => check.Verdict == Verdict.Passed)} of {checks.Count} checks passed; {tables.Sum(table => table.SourceRows ?? 0):N0} rows compared; integrity score {(score.Score is { } value ? value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) : "not measured")}")
        {
            Checks = checks,
            Data = new JsonObject
            {
                ["comparison"] = Node(comparison),
                ["counts"] = Node(items.Select(item => item.Counts).OfType<RecordCountResult>()),
                ["referential"] = Node(items.Select(item => item.Referential).OfType<ReferentialResult>()),
                ["rules"] = Node(items.Select(item => item.Rule).OfType<BusinessRuleResult>()),
                ["quality"] = Node(items.Select(item => item.Quality).OfType<ColumnQualityResult>()),
                ["score"] = Node(score),
            },
        };
        if (source is not null)
        {
            // Of a table that was not compared, or not found equal, it says nothing: the same rows on the source later are no proof that the target has them.
            // It may fill several, and each has to be proved.
            var passed = tables.Where(table => table.Verdict == Verdict.Passed).Select(table => table.Target).ToHashSet(StringComparer.Ordinal);
            var unproved = layout.Pairs.Where(pair => !passed.Contains(pair.TargetName)).Select(pair => pair.SourceName).ToHashSet(StringComparer.Ordinal);
            observation.Data[SourceData] = Node(source with { Tables = [.. source.Tables.Where(table => !unproved.Contains(table.Table))] });
        }

        return observation;
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is done again"));

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, MigrationJson.Line);
}
