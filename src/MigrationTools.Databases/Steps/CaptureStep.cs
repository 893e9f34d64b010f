using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Takes down what both sides hold (data: <c>source</c>, <c>target</c>: fingerprints; <c>targetExisted</c>), so that a rollback can
/// prove what it restored.
/// </summary>
public sealed class CaptureStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Capture;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var source = await DatabaseFingerprinter.TakeAsync(databases.Source, table => TablePairing.IsTaken(databases.System, table.Name), context.Observer, cancellationToken).ConfigureAwait(false);
        var existed = await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false);
        var target = existed ? await DatabaseFingerprinter.TakeAsync(databases.Target, null, context.Observer, cancellationToken).ConfigureAwait(false) : null;
        var now = time.GetUtcNow();
        return new StepObservation(
            $"the source holds {source.Tables.Count} tables with {source.Tables.Sum(table => table.Rows):N0} rows; the target "
            + (target is null ? "is not there yet" : $"holds {target.Tables.Count} tables with {target.Tables.Sum(table => table.Rows):N0} rows"))
        {
            Evidence =
            [
                new Evidence("fingerprint of the source", Describe(source), now) { Endpoint = databases.Source.Endpoint.Redacted },
                new Evidence("fingerprint of the target", target is null ? "no database" : Describe(target), now) { Endpoint = databases.Target.Endpoint.Redacted },
            ],
            Data = new JsonObject
            {
                ["source"] = JsonSerializer.SerializeToNode(source, MigrationJson.Line),
                ["target"] = JsonSerializer.SerializeToNode(target, MigrationJson.Line),
                ["targetExisted"] = existed,
            },
        };
    }

    // Looking leaves nothing behind, so there is nothing to find: it is done again.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is done again"));

    private static string Describe(DatabaseFingerprint fingerprint) =>
        $"schema {fingerprint.SchemaHash[..16]}…, {fingerprint.Tables.Count} tables, {fingerprint.Tables.Sum(table => table.Rows)} rows";
}
