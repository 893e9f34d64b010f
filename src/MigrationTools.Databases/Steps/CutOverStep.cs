using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Copying;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Removes the traces of copying and takes down what the target holds at this moment (data: <c>target</c>), so that a later
/// rollback can tell what was written since. Data: <c>fencedMs</c> too, how long the source was fenced until this ended; null where it was not, or
/// where the clock was set back since.
/// </summary>
public sealed class CutOverStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.CutOver;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        await CopyProgress.RemoveAsync(databases.Target, CopyStep.CopyIdOf(context), cancellationToken).ConfigureAwait(false);
        await SchemaMark.RemoveAsync(databases.Target, context, cancellationToken).ConfigureAwait(false);
        var target = await DatabaseFingerprinter.TakeAsync(databases.Target, null, context.Observer, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();

        // The fence may be of an earlier process, which shares no clock with this one but the wall's; one that was set back makes no length.
        var since = FencedSince(context);
        var fenced = now >= since ? now - since : null;
        var kept = since is null ? "" : fenced is null ? "; how long the source was fenced is not known, for the clock was set back since" : string.Create(
            CultureInfo.InvariantCulture, $"; {(databases.System.Fence == FenceMode.ReadOnly ? "writers were kept out of the source for" : "since the source's state was noted (nothing was locked):")} {fenced.Value.TotalSeconds:0.0} s");
        return new StepObservation($"the target counts from now on: {target.Tables.Count} tables, {target.Tables.Sum(table => table.Rows):N0} rows{kept}")
        {
            Evidence = [new Evidence("fingerprint of the target", $"schema {target.SchemaHash}", now) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject { ["target"] = JsonSerializer.SerializeToNode(target, MigrationJson.Line), ["fencedMs"] = (long?)fenced?.TotalMilliseconds },
        };
    }

    // Removing what may be gone already and looking are safe to do again.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it is safe to do again"));

    private static DateTimeOffset? FencedSince(StepContext context)
    {
        var fence = context.Observed.FirstOrDefault(step => step.Key.EndsWith($"-{DatabaseStepNames.Fence}:{context.Step.System}", StringComparison.Ordinal)).Value;
        return fence?["since"] is JsonValue since ? since.Deserialize<DateTimeOffset>() : null;
    }
}
