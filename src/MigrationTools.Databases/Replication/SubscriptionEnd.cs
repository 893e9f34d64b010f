using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Ends a subscription. It is detached from its slot before it is dropped, so that the target is clean also where its server does not reach the source
/// any more; the slots are then dropped over this tool's own connection. Each part passes over what is done already.
/// </summary>
internal static class SubscriptionEnd
{
    /// <summary>Drops the subscription on the target. Its server stops the workers.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DropAsync(IDatabase target, string name, CancellationToken cancellationToken)
    {
        if (!await target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        if (await Subscription.ReadAsync(session, name, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        var quoted = target.Dialect.Quote(name);
        await session.ExecuteAsync($"alter subscription {quoted} disable", [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"alter subscription {quoted} set (slot_name = none)", [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"drop subscription {quoted}", [], cancellationToken).ConfigureAwait(false);
        return true;
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
