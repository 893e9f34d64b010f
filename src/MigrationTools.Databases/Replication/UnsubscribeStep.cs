using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Ends the replication before the target is written by anyone else: a late write of the source that arrived afterwards would fall among the target's own,
/// and one that met a row of them would stop the worker, so that the slot would fill the source's disk. Subscription, slots and publication are gone then.
/// </summary>
public sealed class UnsubscribeStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Unsubscribe;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        await SubscriptionEnd.DropAsync(databases, name, time, cancellationToken).ConfigureAwait(false);
        await SubscriptionEnd.DropSlotsAsync(databases, name, time, cancellationToken).ConfigureAwait(false);
        await Publication.DropAsync(databases.Source, name, cancellationToken).ConfigureAwait(false);
        return Observe(databases, name);
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var left = (await SubscriptionEnd.LeftAsync(databases, name, cancellationToken).ConfigureAwait(false)).ToList();
        var session = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        if (await Publication.ReadAsync(session, name, cancellationToken).ConfigureAwait(false) is not null)
        {
            left.Add($"publication {name} on the source");
        }

        return left.Count == 0
            ? new EffectReport(Effect.Applied, "neither subscription nor slot nor publication is left") { Observation = Observe(databases, name) }
            : new EffectReport(Effect.Partial, $"still there: {string.Join(", ", left)}") { Continuable = true };
    }

    private StepObservation Observe(DatabasePair databases, string name) => new("the target takes nothing from the source any more; subscription, slot and publication are gone")
    {
        Evidence = [new Evidence($"pg_replication_slots and pg_publication of {name}", "none", time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted, Expected = "none" }],
    };
}
