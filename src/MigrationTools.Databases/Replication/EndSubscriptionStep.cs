using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Undoes <see cref="SubscribeStep"/>: drops the subscription, empties the tables that it filled, and drops the slots. Where the source can't be reached the
/// target is cleaned all the same, and the check of the slots is Inconclusive until the source answers again.
/// </summary>
public sealed class EndSubscriptionStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.EndSubscription;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var dropped = await SubscriptionEnd.DropAsync(databases, name, time, cancellationToken).ConfigureAwait(false);
        try
        {
            var emptied = await EmptyAsync(databases, context.Prior, cancellationToken).ConfigureAwait(false);
            var slots = await SubscriptionEnd.DropSlotsAsync(databases, name, time, cancellationToken).ConfigureAwait(false);
            var summary = $"{(dropped ? "the subscription is dropped" : "there was no subscription")}; {emptied} tables are empty; {(slots.Count == 0 ? "no slot was left" : $"slots dropped: {string.Join(", ", slots)}")}";
            return new StepObservation(summary) { Checks = [Slots(databases, name, Verdict.Passed, "no slot of the run is left on the source", "none")] };
        }
        catch (DatabaseException e) when (e.ErrorId is ErrorIds.EndpointUnavailable or ErrorIds.AuthenticationFailed)
        {
            var message = $"the subscription is gone from the target, and the source can't be asked ({e.Message}): the slot {name} may be left there, and keeps its WAL until the disk is full";
            return new StepObservation(message) { Checks = [Slots(databases, name, Verdict.Inconclusive, message, null)] };
        }
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> left;
        try
        {
            left = await SubscriptionEnd.LeftAsync(databases, ReplicationNames.Of(context), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException e) when (e.ErrorId is ErrorIds.EndpointUnavailable or ErrorIds.AuthenticationFailed)
        {
            return new EffectReport(Effect.Unknown, $"it can't be seen whether a slot is left: {e.Message}");
        }

        if (left.Count > 0)
        {
            return new EffectReport(Effect.Partial, $"still there: {string.Join(", ", left)}") { Continuable = true };
        }

        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.Applied, "there is no database, and no slot is left");
        }

        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var tables = await FilledTables.LookAsync(databases.Target, layout, cancellationToken).ConfigureAwait(false);
        return tables with { Message = $"no subscription and no slot is left; {tables.Message}" };
    }

    // Which tables were filled is told by both schemas, so they are emptied once the source answers.
    private async Task<int> EmptyAsync(DatabasePair databases, JsonObject prior, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        await FilledTables.EmptyAsync(databases.Target, layout, prior, cancellationToken).ConfigureAwait(false);
        return layout.Pairs.Count;
    }

    private CheckResult Slots(DatabasePair databases, string name, Verdict verdict, string message, string? seen) => new()
    {
        Id = $"slots:{databases.System.Name}",
        Name = "no slot is left on the source",
        System = databases.System.Name,
        Category = "rollback",
        Verdict = verdict,
        Message = message,
        Remedy = verdict == Verdict.Passed ? null : $"Roll back again once {databases.Source.Endpoint} answers; by hand: select pg_drop_replication_slot('{name}') on the source.",
        Evidence = [new Evidence("pg_replication_slots of the run", seen, time.GetUtcNow()) { Endpoint = databases.Source.Endpoint.Redacted, Expected = "none" }],
    };
}
