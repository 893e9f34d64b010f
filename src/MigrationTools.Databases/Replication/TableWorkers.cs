using System.Globalization;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// The workers of a subscription that still copy tables, and their senders on the source, ended before the subscription is dropped. A worker that makes its table's
/// slot has its sender wait for the open transactions of the source, and dropping the subscription waits until no sender holds such a slot. Where one server
/// holds both databases, the drop's own transaction is one of those, each waits for the other for ever, and no server sees that. The worker itself can't be
/// ended meanwhile: it holds off interrupts while its slot is made (LogicalRepSyncTableStart of PostgreSQL 15).
/// </summary>
internal sealed class TableWorkers(IDatabase source, IDatabase target, IDatabaseSession session, string subscription, TimeProvider time)
{
    private const string NotPermitted = "42501";
    private const int MostPauses = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A table's slot is called pg_(subscription)_sync_(table)_(the target's system identifier): without that the senders of another server's subscription that
    // happens to have the same number would be ended. Everybody sees who holds a slot; what a sender is called only its own role and monitors do.
    private const string Senders =
        "select active_pid, pg_catalog.pg_blocking_pids(active_pid)::text from pg_catalog.pg_replication_slots where active_pid is not null and slot_name ~ $1 order by active_pid";

    private const string EndSenders =
        "select pg_catalog.pg_terminate_backend(active_pid) from pg_catalog.pg_replication_slots where active_pid is not null and slot_name ~ $1";

    private const string EndCopiers =
        "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_subscription where subid = $1::oid and relid is not null and pid is not null";

    // The table's name is left out where this database does not know it.
    private const string Running =
        "select pid, relid is not null, relid::regclass::text from pg_catalog.pg_stat_subscription where subid = $1::oid and pid is not null order by pid";

    /// <summary>
    /// Waits until none is left, and ends those that may be ended. A source that can't be asked is passed over: where it is gone, so are its senders.
    /// </summary>
    /// <exception cref="DatabaseException">Some are left after ten seconds. Nothing is dropped then.</exception>
    public async Task EndAsync(string name, CancellationToken cancellationToken)
    {
        var slots = $"^pg_{subscription}_sync_[0-9]+_{await SystemAsync(cancellationToken).ConfigureAwait(false)}$";
        if (await OpenSourceAsync(cancellationToken).ConfigureAwait(false) is not { } sourceSession)
        {
            await EndAsync(name, slots, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var dispose = sourceSession.ConfigureAwait(false);
        await EndAsync(name, slots, sourceSession, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(string name, string slots, IDatabaseSession? sourceSession, CancellationToken cancellationToken)
    {
        var refusals = new SortedSet<string>(StringComparer.Ordinal);
        for (var pauses = 0; ; pauses++)
        {
            var workers = await session.QueryAsync(Running, [subscription], cancellationToken).ConfigureAwait(false);
            var senders = await SendersAsync(sourceSession, slots, cancellationToken).ConfigureAwait(false);
            if (workers.Count == 0 && senders.Count == 0)
            {
                return;
            }

            if (pauses >= MostPauses)
            {
                // A worker that applies holds none of these slots, and the server ends it when the subscription is dropped.
                var copiers = workers.Where(worker => worker[1] == "t").ToList();
                if (copiers.Count == 0 && senders.Count == 0)
                {
                    return;
                }

                throw Left(name, copiers, senders, refusals);
            }

            refusals.Clear();
            // The target's login may be allowed what the source's is not; on another server it finds nothing by these names.
            await TellAsync(sourceSession, EndSenders, slots, refusals, cancellationToken).ConfigureAwait(false);
            await TellAsync(session, EndSenders, slots, refusals, cancellationToken).ConfigureAwait(false);
            await TellAsync(session, EndCopiers, subscription, refusals, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private DatabaseException Left(string name, List<IReadOnlyList<string?>> copiers, IReadOnlyList<IReadOnlyList<string?>> senders, SortedSet<string> refusals)
    {
        var seen = copiers.Select(worker => $"worker {worker[0]} of {target.Endpoint} copies {worker[2]}")
            .Concat(senders.Select(sender => $"sender {sender[0]} of {source.Endpoint} holds a table's slot{(sender[1] is null or "{}" ? "" : $" and waits for the sessions {sender[1]}")}"));
        var why = refusals.Count == 0 ? "They were told to end and did not." : $"They may not be ended: {refusals.Min}.";
        var pids = senders.Count > 0 ? string.Join(", ", senders.Select(sender => sender[0])) : string.Join(", ", copiers.Select(worker => worker[0]));
        var where = senders.Count > 0 ? source.Endpoint : target.Endpoint;
        return new DatabaseException(
            ErrorIds.DatabaseError,
            string.Create(CultureInfo.InvariantCulture, $"the subscription {name} of {target.Endpoint} is disabled and not dropped: after {(MostPauses * Pause).TotalSeconds:0} s there is still copying, and dropping it would wait for that, maybe for ever ({string.Join("; ", seen)}). {why} ")
            + $"On {where}, let a superuser or a member of pg_signal_backend end them (pg_terminate_backend: {pids}) or the sessions that they wait for, or grant this run's login pg_signal_backend; then go on.");
    }

    private async Task<string> SystemAsync(CancellationToken cancellationToken) =>
        (await session.QueryAsync("select system_identifier from pg_catalog.pg_control_system()", [], cancellationToken).ConfigureAwait(false))[0][0]!;

    private async Task<IDatabaseSession?> OpenSourceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>> SendersAsync(IDatabaseSession? sourceSession, string slots, CancellationToken cancellationToken)
    {
        try
        {
            return await (sourceSession ?? session).QueryAsync(Senders, [slots], cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException) when (sourceSession is not null)
        {
            return [];
        }
    }

    private static async Task TellAsync(IDatabaseSession? asked, string sql, string of, SortedSet<string> refusals, CancellationToken cancellationToken)
    {
        if (asked is null)
        {
            return;
        }

        try
        {
            await asked.QueryAsync(sql, [of], cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException e)
        {
            if (e.ServerCode == NotPermitted)
            {
                refusals.Add(e.Message.TrimEnd('.'));
            }
        }
    }
}
