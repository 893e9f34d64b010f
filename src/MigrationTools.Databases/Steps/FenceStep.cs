using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Keeps writers from the source, or notes that nobody does. Prior: <c>setting</c>, the database's own default before, and <c>at</c>, the moment. Data:
/// <c>mode</c>, <c>position</c>, <c>since</c> (from when on writers are kept out, or their writes are told).
/// </summary>
public sealed class FenceStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Fence;

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        databases.System.Fence == FenceMode.ReadOnly
            ? new JsonObject { ["setting"] = await ReadOnlyDefault.ReadAsync(databases.Source, cancellationToken).ConfigureAwait(false), ["at"] = time.GetUtcNow() }
            : [];

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow();
        if (databases.System.Fence == FenceMode.ReadOnly)
        {
            if (databases.Source.Dialect.Name != "postgresql")
            {
                throw new InvalidRequestException($"fence: readOnly is not for {databases.Source.Endpoint}: {databases.Source.Dialect.Name} has no such setting. Stop the writers and use fence: observe.");
            }

            // An attempt that was cut off may have set it: then writers are out since about when it began.
            var setting = await ReadOnlyDefault.ReadAsync(databases.Source, cancellationToken).ConfigureAwait(false);
            since = setting == "on" && (string?)context.Prior["setting"] != "on" && context.Prior["at"] is { } at ? at.Deserialize<DateTimeOffset>() : since;
            await ReadOnlyDefault.WriteAsync(databases.Source, "on", cancellationToken).ConfigureAwait(false);
        }

        var snapshot = await databases.Source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        return new StepObservation(databases.System.Fence == FenceMode.ReadOnly
            ? "new sessions of the source are read-only; sessions that are already open keep their own setting"
            : $"nothing is locked; the source stands at {snapshot.Position}")
        {
            Evidence = [new Evidence("position of the source", snapshot.Position, time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted }],
            Data = new JsonObject { ["mode"] = databases.System.Fence.ToString(), ["position"] = snapshot.Position, ["since"] = since },
        };
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (databases.System.Fence != FenceMode.ReadOnly)
        {
            return new EffectReport(Effect.NotApplied, "it only looks, so it is done again");
        }

        var setting = await ReadOnlyDefault.ReadAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        return new EffectReport(setting == "on" ? Effect.Applied : Effect.NotApplied, $"default_transaction_read_only of the database is {setting ?? "not set"}");
    }
}
