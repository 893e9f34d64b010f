using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Makes the slot on the source and the subscription on the target, which begins the initial copy. The slot is made first and over this tool's own
/// connection: a server can't make one within itself while it makes the subscription (PostgreSQL documentation, CREATE SUBSCRIPTION, notes), and what
/// was made can then be told apart. Prior: <c>sequences</c>, where those of the target stood. Data: <c>subscription</c>, <c>slot</c>.
/// </summary>
public sealed class SubscribeStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    // Nothing of a statement that holds a password goes into the server's log; where the login may set that.
    private const string Quiet =
        """
        do $body$
        begin
            set local log_statement = 'none';
            set local log_min_error_statement = 'panic';
            set local log_min_duration_statement = -1;
            set local log_duration = off;
            set local log_parameter_max_length = 0;
            set local log_parameter_max_length_on_error = 0;
        exception when insufficient_privilege or undefined_object then
            null;
        end
        $body$
        """;

    // The address is a value, so that it stands in no statement's text, which other sessions can read while it runs. Errors of the inner
    // statement are raised again without its text.
    private const string Create =
        """
        do $body$
        begin
            execute format(
                'create subscription %I connection %L publication %I with (create_slot = false, slot_name = %L, copy_data = true, enabled = true)',
                current_setting('migrationtools.name'), current_setting('migrationtools.address'), current_setting('migrationtools.name'), current_setting('migrationtools.name'));
        exception when others then
            raise exception using errcode = sqlstate, message = sqlerrm;
        end
        $body$
        """;

    public override string Verb => DatabaseStepNames.Subscribe;

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var snapshot = await databases.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        var sequences = await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["sequences"] = JsonSerializer.SerializeToNode(sequences, MigrationJson.Line) };
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var source = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            if (!await ReplicationSlots.ExistsAsync(source, name, cancellationToken).ConfigureAwait(false))
            {
                await source.QueryAsync("select pg_catalog.pg_create_logical_replication_slot($1, 'pgoutput')", [name], cancellationToken).ConfigureAwait(false);
            }
        }

        var target = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = target.ConfigureAwait(false);
        if (await Subscription.ReadAsync(target, name, cancellationToken).ConfigureAwait(false) is null)
        {
            await CreateAsync(target, name, databases.System.ReplicationSource ?? databases.System.Source, cancellationToken).ConfigureAwait(false);
        }

        var made = await Subscription.ReadAsync(target, name, cancellationToken).ConfigureAwait(false);
        return Observe(databases, name, made!, (await Subscription.TablesAsync(target, name, cancellationToken).ConfigureAwait(false)).Count);
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var source = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var disposeSource = source.ConfigureAwait(false);
        var slot = await ReplicationSlots.ExistsAsync(source, name, cancellationToken).ConfigureAwait(false);
        var target = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeTarget = target.ConfigureAwait(false);
        var subscription = await Subscription.ReadAsync(target, name, cancellationToken).ConfigureAwait(false);
        return (slot, subscription) switch
        {
            (false, null) => new EffectReport(Effect.NotApplied, $"there is neither a slot nor a subscription {name}"),
            (true, null) => new EffectReport(Effect.Partial, $"there is the slot {name} and no subscription yet") { Continuable = true },

            // What was written since is lost to it: a new slot would begin later.
            (false, _) => new EffectReport(Effect.Partial, $"the subscription {name} has lost its slot"),
            _ => new EffectReport(Effect.Applied, $"slot and subscription {name} are there")
            {
                Observation = Observe(databases, name, subscription!, (await Subscription.TablesAsync(target, name, cancellationToken).ConfigureAwait(false)).Count),
            },
        };
    }

    private static async Task CreateAsync(IDatabaseSession target, string name, Endpoint address, CancellationToken cancellationToken)
    {
        try
        {
            await target.BeginAsync(cancellationToken).ConfigureAwait(false);
            await target.ExecuteAsync(Quiet, [], cancellationToken).ConfigureAwait(false);
            await target.QueryAsync(
                "select length(pg_catalog.set_config('migrationtools.name', $1, true)) > 0 and length(pg_catalog.set_config('migrationtools.address', $2, true)) > 0",
                [name, PublisherAddress.Reveal(address)],
                cancellationToken).ConfigureAwait(false);
            await target.ExecuteAsync(Create, [], cancellationToken).ConfigureAwait(false);
            await target.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException e)
        {
            throw PublisherAddress.Clean(e, address);
        }
    }

    private StepObservation Observe(DatabasePair databases, string name, Subscription subscription, int tables) =>
        new($"the target subscribes to {tables} tables by the slot {name}; its server copies them")
        {
            Evidence = [new Evidence($"pg_subscription {name}", $"oid {subscription.Id}, slot {subscription.Slot}, {tables} tables", time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject { ["subscription"] = name, ["slot"] = name, ["tables"] = tables },
        };
}
