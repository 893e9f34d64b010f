using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Ends a subscription. It is detached from its slot before it is dropped, so that the target is clean also where its server does not reach the source
/// any more; the slots are then dropped over this tool's own connection. Each part passes over what is done already.
/// </summary>
internal static class SubscriptionEnd
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int MostPauses = 100;

    /// <summary>Drops the subscription on the target, once its workers have ended.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DropAsync(DatabasePair databases, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var target = databases.Target;
        if (!await target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        if (await Subscription.ReadAsync(session, name, cancellationToken).ConfigureAwait(false) is not { } subscription)
        {
            return false;
        }

        var quoted = target.Dialect.Quote(name);
        await session.ExecuteAsync($"alter subscription {quoted} disable", [], cancellationToken).ConfigureAwait(false);
        await EndWorkersAsync(databases.Source, session, subscription.Id, time, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"alter subscription {quoted} set (slot_name = none)", [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"drop subscription {quoted}", [], cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Waits until no worker copies a table any more, and ends on the source what they wait for there. A worker that makes its slot waits for the transactions of the
    /// source, and dropping the subscription waits for the worker: where one server holds both databases, each would wait for the other for ever, and no server
    /// sees that. A source that is gone, or does not let its processes be ended, is passed over: its workers end with it, or have to be waited for.
    /// </summary>
    private static async Task EndWorkersAsync(IDatabase source, IDatabaseSession target, string id, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var pauses = 0; pauses < MostPauses && await WorkersAsync(target, id, cancellationToken).ConfigureAwait(false) > 0; pauses++)
        {
            try
            {
                var session = await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
                await using var dispose = session.ConfigureAwait(false);
                await session.QueryAsync(
                    "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where backend_type = 'walsender' and application_name like 'pg\\_' || $1 || '\\_sync\\_%'",
                    [id],
                    cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseException)
            {
                // Then the workers are only waited for.
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<long> WorkersAsync(IDatabaseSession target, string id, CancellationToken cancellationToken) => long.Parse(
        (await target.QueryAsync("select count(pid) from pg_catalog.pg_stat_subscription where subid = $1::oid", [id], cancellationToken).ConfigureAwait(false))[0][0]!,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Drops the slots on the source.</summary>
    /// <returns>The names of those that were there.</returns>
    public static async Task<IReadOnlyList<string>> DropSlotsAsync(DatabasePair databases, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var disposeSource = source.ConfigureAwait(false);
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return await ReplicationSlots.DropAsync(source, null, name, time, cancellationToken).ConfigureAwait(false);
        }

        var target = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeTarget = target.ConfigureAwait(false);
        return await ReplicationSlots.DropAsync(source, target, name, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is left of it, on both sides, in words; empty where nothing is.</summary>
    public static async Task<IReadOnlyList<string>> LeftAsync(DatabasePair databases, string name, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        var source = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var disposeSource = source.ConfigureAwait(false);
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            left.AddRange((await ReplicationSlots.LeftAsync(source, null, name, cancellationToken).ConfigureAwait(false)).Select(slot => $"slot {slot} on the source"));
            return left;
        }

        var target = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeTarget = target.ConfigureAwait(false);
        if (await Subscription.ReadAsync(target, name, cancellationToken).ConfigureAwait(false) is not null)
        {
            left.Add($"subscription {name} on the target");
        }

        left.AddRange((await ReplicationSlots.LeftAsync(source, target, name, cancellationToken).ConfigureAwait(false)).Select(slot => $"slot {slot} on the source"));
        return left;
    }
}
