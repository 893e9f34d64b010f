using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Under the fence: notes how far the source has written and waits until the subscription has confirmed that it flushed that. Its check is Inconclusive where
/// the deadline comes first. Data: <c>lsn</c>, <c>confirmed</c>, <c>lagBytes</c> (0 where it arrived), <c>lagBytesAtFence</c>, <c>waitedMs</c>.
/// </summary>
public sealed class AwaitLagStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public override string Verb => DatabaseStepNames.AwaitLag;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var begun = time.GetTimestamp();
        var session = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var position = await MarkAsync(session, cancellationToken).ConfigureAwait(false);
        long? first = null;
        while (true)
        {
            var (confirmed, lag) = await LagAsync(databases, session, name, position, cancellationToken).ConfigureAwait(false);
            first ??= lag;
            context.Observer.Report(new Progress("replication lag", Math.Max(0, lag), null, "bytes") { Completed = lag <= 0 });
            var waited = time.GetElapsedTime(begun);
            if (lag <= 0 || waited >= databases.System.ReplicationDeadline)
            {
                return await ObserveAsync(databases, name, position, (confirmed, lag, first.Value), waited, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only waits, so it looks again"));

    // Replication sends only what is flushed. The message's commit flushes all that was written before it, commits that did not wait for their flush included.
    private static async Task<string> MarkAsync(IDatabaseSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("set synchronous_commit = local", [], cancellationToken).ConfigureAwait(false);
        await session.QueryAsync("select pg_catalog.pg_logical_emit_message(true, 'migrationtools', 'fenced')", [], cancellationToken).ConfigureAwait(false);
        return (await session.QueryAsync("select pg_catalog.pg_current_wal_flush_lsn()", [], cancellationToken).ConfigureAwait(false))[0][0]!;
    }

    private static async Task<(string Confirmed, long Lag)> LagAsync(DatabasePair databases, IDatabaseSession session, string name, string position, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            """
            select confirmed_flush_lsn, pg_catalog.pg_wal_lsn_diff($2::pg_catalog.pg_lsn, confirmed_flush_lsn)::bigint
            from pg_catalog.pg_replication_slots
            where slot_name = $1
            """,
            [name, position],
            cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 && rows[0][0] is { } confirmed
            ? (confirmed, long.Parse(rows[0][1]!, CultureInfo.InvariantCulture))
            : throw new DatabaseException(
                ErrorIds.DatabaseError, $"{databases.Source.Endpoint}: the slot {name} is gone, so what was written since can't arrive by replication. Roll the run back and begin it anew.");
    }

    private async Task<StepObservation> ObserveAsync(
        DatabasePair databases, string name, string position, (string Confirmed, long Lag, long First) seen, TimeSpan waited, CancellationToken cancellationToken)
    {
        var received = await ReceivedAsync(databases, name, cancellationToken).ConfigureAwait(false);
        var arrived = seen.Lag <= 0;
        var message = arrived
            ? string.Create(CultureInfo.InvariantCulture, $"all that the source had written ({position}) has arrived, {waited.TotalMilliseconds:0} ms after it was asked for; {Math.Max(0, seen.First):N0} bytes were under way")
            : string.Create(CultureInfo.InvariantCulture, $"{seen.Lag:N0} bytes are still under way after {waited.TotalSeconds:0.0} s, which is the deadline");
        var now = time.GetUtcNow();
        return new StepObservation(message)
        {
            Checks =
            [
                new CheckResult
                {
                    Id = $"lag:{databases.System.Name}",
                    Name = "what was written before the fence has arrived",
                    System = databases.System.Name,
                    Category = "replication",
                    Verdict = arrived ? Verdict.Passed : Verdict.Inconclusive,
                    Message = message,
                    Remedy = arrived ? null : $"Look at pg_stat_subscription and the log of {databases.Target.Endpoint}; resume the run to wait on, or roll it back, which lifts the fence.",
                    Evidence =
                    [
                        new Evidence($"confirmed_flush_lsn of slot {name}", seen.Confirmed, now) { Endpoint = databases.Source.Endpoint.Redacted, Expected = $">= {position}" },
                        new Evidence("bytes between them", Math.Max(0, seen.Lag).ToString(CultureInfo.InvariantCulture), now) { Endpoint = databases.Source.Endpoint.Redacted, Expected = "0" },
                        new Evidence($"latest_end_lsn of subscription {name}", received, now) { Endpoint = databases.Target.Endpoint.Redacted },
                    ],
                    Duration = waited,
                },
            ],
            Data = new JsonObject
            {
                ["lsn"] = position,
                ["confirmed"] = seen.Confirmed,
                ["lagBytes"] = Math.Max(0, seen.Lag),
                ["lagBytesAtFence"] = Math.Max(0, seen.First),
                ["waitedMs"] = (long)waited.TotalMilliseconds,
            },
        };
    }

    private static async Task<string?> ReceivedAsync(DatabasePair databases, string name, CancellationToken cancellationToken)
    {
        var session = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var rows = await session.QueryAsync(
            "select latest_end_lsn from pg_catalog.pg_stat_subscription where subname = $1 and relid is null", [name], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }
}
