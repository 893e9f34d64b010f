using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// The slots on the source that a subscription reads: its own, and one a table while that is copied. A slot that nobody reads keeps the source's WAL
/// until its disk is full, so none may be left.
/// </summary>
internal static class ReplicationSlots
{
    private const string Busy = "55006";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int PausesUntilEnded = 20;
    private const int MostPauses = 300;

    public static async Task<bool> ExistsAsync(IDatabaseSession source, string name, CancellationToken cancellationToken) =>
        (await source.QueryAsync("select 1 from pg_catalog.pg_replication_slots where slot_name = $1", [name], cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>
    /// The run's slots that are there: its own, and the tables' whose subscription is gone. Those are called <c>pg_(subscription)_sync_(table)_(the target's system
    /// identifier)</c>, and servers drop them themselves where they reach the source.
    /// </summary>
    /// <param name="source">A session.</param>
    /// <param name="target">A session; null where there is no such database any more, and then the tables' slots can't be told.</param>
    /// <param name="name">The run's slot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<string>> LeftAsync(IDatabaseSession source, IDatabaseSession? target, string name, CancellationToken cancellationToken)
    {
        var slots = (await source.QueryAsync(
            """
            select slot_name
            from pg_catalog.pg_replication_slots
            where slot_name = $1 or (database = pg_catalog.current_database() and slot_name ~ '^pg_[0-9]+_sync_[0-9]+_[0-9]+$')
            order by slot_name
            """,
            [name],
            cancellationToken).ConfigureAwait(false)).Select(row => row[0]!).ToList();
        var own = slots.Where(slot => slot == name).ToList();
        if (own.Count == slots.Count || target is null)
        {
            return own;
        }

        var identifier = (await target.QueryAsync("select system_identifier from pg_catalog.pg_control_system()", [], cancellationToken).ConfigureAwait(false))[0][0]!;
        var alive = (await target.QueryAsync("select oid from pg_catalog.pg_subscription", [], cancellationToken).ConfigureAwait(false)).Select(row => row[0]!).ToHashSet(StringComparer.Ordinal);
        return [.. slots.Where(slot => slot == name || (slot.Split('_') is [_, var subscription, _, _, var system] && system == identifier && !alive.Contains(subscription)))];
    }

    /// <summary>Drops them, each as soon as its reader has gone; a reader that stays is ended.</summary>
    public static async Task<IReadOnlyList<string>> DropAsync(IDatabaseSession source, IDatabaseSession? target, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        for (var pauses = 0; ; pauses++)
        {
            var left = await LeftAsync(source, target, name, cancellationToken).ConfigureAwait(false);
            foreach (var slot in left)
            {
                if (await TryDropAsync(source, slot, pauses >= PausesUntilEnded, cancellationToken).ConfigureAwait(false))
                {
                    dropped.Add(slot);
                }
            }

            if (left.Count == 0 || left.All(dropped.Contains))
            {
                return dropped;
            }

            if (pauses >= MostPauses)
            {
                throw new DatabaseException(
                    ErrorIds.DatabaseError, $"the slots {string.Join(", ", left)} of the source are still being read and can't be dropped; left alone they keep its WAL until the disk is full. End their readers (pg_replication_slots.active_pid), then go on.");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TryDropAsync(IDatabaseSession source, string slot, bool end, CancellationToken cancellationToken)
    {
        var state = await source.QueryAsync("select active_pid from pg_catalog.pg_replication_slots where slot_name = $1", [slot], cancellationToken).ConfigureAwait(false);
        if (state.Count == 0)
        {
            return true;
        }

        if (state[0][0] is { } reader)
        {
            if (end)
            {
                await source.QueryAsync($"select pg_catalog.pg_terminate_backend({reader})", [], cancellationToken).ConfigureAwait(false);
            }

            return false;
        }

        try
        {
            await source.QueryAsync("select pg_catalog.pg_drop_replication_slot($1)", [slot], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException e) when (e.ServerCode == Busy)
        {
            return false;
        }
    }
}
