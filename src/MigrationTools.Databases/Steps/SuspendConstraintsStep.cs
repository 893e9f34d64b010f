using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Schema;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Puts aside what would slow a bulk load down or stand in its way. Prior: <c>suspended</c>, the definitions, journalled before the first is dropped.</summary>
public sealed class SuspendConstraintsStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.SuspendConstraints;

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var suspended = await ConstraintSuspension.PlanAsync(databases.Target, [.. layout.Pairs.Select(pair => pair.Target.Name)], cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["suspended"] = JsonSerializer.SerializeToNode(suspended, MigrationJson.Line) };
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var suspended = Read(context.Prior);
        await ConstraintSuspension.SuspendAsync(databases.Target, suspended, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"{suspended.Objects.Count} keys and indexes are put aside{(suspended.LeftInPlace.Count > 0 ? $"; left in place: {string.Join("; ", suspended.LeftInPlace)}" : "")}")
        {
            Evidence = [new Evidence("dropped, with their definitions in the journal", string.Join(", ", suspended.Objects.Select(item => item.Name)), time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject { ["suspended"] = JsonSerializer.SerializeToNode(suspended, MigrationJson.Line) },
        };
    }

    // Dropping what is there and passing over what is gone already is safe to do again.
    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it is safe to do again"));

    internal static SuspendedConstraints Read(JsonObject prior) =>
        prior["suspended"].Deserialize<SuspendedConstraints>(MigrationJson.Line)
        ?? throw new InvalidOperationException("The journal's intent has no definitions of suspended constraints.");
}
