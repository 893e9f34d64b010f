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
/// Waits until the target's server has copied every table and caught up with what was written meanwhile: each of pg_subscription_rel is ready. Data:
/// <c>tables</c>, <c>seconds</c>.
/// </summary>
public sealed class AwaitSyncStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The server tries again by itself, so one failure may be a lock or a restart; what fails again and again needs a person.
    private const int MostFailures = 3;

    public override string Verb => DatabaseStepNames.AwaitSync;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var begun = time.GetTimestamp();
        var session = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var failuresBefore = await Subscription.FailuresAsync(session, name, cancellationToken).ConfigureAwait(false) ?? 0;
        while (true)
        {
            var tables = await TablesAsync(databases, session, name, cancellationToken).ConfigureAwait(false);
            var ready = tables.Count(table => table.State == "r");
            var (rows, bytes) = await Subscription.CopyingAsync(session, cancellationToken).ConfigureAwait(false);
            context.Observer.Report(new Progress("replicate", ready, tables.Count, "tables") { Completed = ready == tables.Count });
            context.Observer.Report(new Progress("copies under way", rows, null, "rows") { Parent = "replicate", Completed = ready == tables.Count });
            if (ready == tables.Count)
            {
                return Observe(databases, tables.Count, time.GetElapsedTime(begun));
            }

            if (await Subscription.FailuresAsync(session, name, cancellationToken).ConfigureAwait(false) - failuresBefore >= MostFailures)
            {
                var open = string.Join(", ", tables.Where(table => table.State != "r").Select(table => $"{table.Table} ({table.State})").Take(5));
                throw new DatabaseException(
                    ErrorIds.DatabaseError,
                    $"the subscription {name} of {databases.Target.Endpoint} failed {MostFailures} times while it copied ({open}; {bytes:N0} bytes under way). The server's log has the reason; mend it and resume the run, or roll it back.");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only waits, so it looks again"));

    private static async Task<IReadOnlyList<(string Table, string State)>> TablesAsync(DatabasePair databases, IDatabaseSession session, string name, CancellationToken cancellationToken)
    {
        var subscription = await Subscription.ReadAsync(session, name, cancellationToken).ConfigureAwait(false);
        var tables = await Subscription.TablesAsync(session, name, cancellationToken).ConfigureAwait(false);
        return subscription is { Enabled: true } && tables.Count > 0
            ? tables
            : throw new DatabaseException(
                ErrorIds.DatabaseError,
                $"{databases.Target.Endpoint}: the subscription {name} {(subscription is null ? "is not there" : subscription.Enabled ? "has no table" : "is disabled")}. Somebody else changed it; roll the run back.");
    }

    private StepObservation Observe(DatabasePair databases, int tables, TimeSpan elapsed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{tables} tables are copied and in step after {elapsed.TotalSeconds:0.0} s"))
        {
            Evidence = [new Evidence("srsubstate of every table in pg_subscription_rel", "r", time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted, Expected = "r" }],
            Data = new JsonObject { ["tables"] = tables, ["seconds"] = elapsed.TotalSeconds },
        };
}
