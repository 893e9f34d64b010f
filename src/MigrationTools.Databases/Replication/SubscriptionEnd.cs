using System.Globalization;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Ends a subscription. It is detached from its slot before it is dropped, so that the target is clean also where its server does not reach the source
/// any more; the slots are then dropped over this tool's own connection. Each part passes over what is done already.
/// </summary>
internal static class SubscriptionEnd
{
    private const string Cancelled = "57014";

    // A statement that takes longer waits for something that nobody here saw: another session that changes the same subscription, say.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Drops the subscription on the target, once the workers that copy its tables have ended.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DatabaseException">It can't be dropped without waiting for something that may never end; it is then still there.</exception>
    public static Task<bool> DropAsync(DatabasePair databases, string name, TimeProvider time, CancellationToken cancellationToken) =>
        DropAsync(databases, name, time, Patience, cancellationToken);

    internal static async Task<bool> DropAsync(DatabasePair databases, string name, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
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
        try
        {
            await session.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"set statement_timeout = {(long)patience.TotalMilliseconds}"), [], cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"alter subscription {quoted} disable", [], cancellationToken).ConfigureAwait(false);
            await new TableWorkers(databases.Source, target, session, subscription.Id, time).EndAsync(name, cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"alter subscription {quoted} set (slot_name = none)", [], cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"drop subscription {quoted}", [], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException e) when (e.ServerCode == Cancelled)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError,
                $"the subscription {name} of {target.Endpoint} can't be dropped: its server waited {patience.TotalSeconds:0.#} s for something else. See there who holds it (pg_locks and pg_stat_activity: another session that changes the subscription, or a walsender of its tables' slots), end that, then go on.",
                e)
            {
                ServerCode = e.ServerCode,
            };
        }
    }

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
