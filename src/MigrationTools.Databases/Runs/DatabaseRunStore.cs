using System.Globalization;
using System.Text.Json;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// Runs in two tables of a database, for hosts without a disk that lasts. What needs files (the log, rejected rows, the report) lies in
/// a working directory of this host.
/// </summary>
/// <remarks>
/// The owner of a run holds a lease until a moment that it keeps moving on, in SQLite and PostgreSQL alike: a session's lock would be
/// quicker to tell that its holder died, but poolers take it away unseen, and SQLite has none. A run whose lease has run out can be
/// taken, even from an owner that is only slow or whose clock is wrong, and then the epoch keeps that one from writing. Clocks of
/// hosts that share a store should agree to a few seconds.
/// </remarks>
public sealed class DatabaseRunStore : IRunStore, IRunBoard
{
    /// <summary>How long a lease lasts unless another time is given.</summary>
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(60);

    private readonly RunDatabase _runs;
    private readonly WorkDirectory _work;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;

    /// <param name="catalog">The engines.</param>
    /// <param name="endpoint">The database; its tables are made when the first run begins. Not connected to before it is asked for something.</param>
    /// <param name="workDirectory">The directory of this host under which each run gets one of its own.</param>
    /// <param name="time">The clock of run ids, journals and leases.</param>
    /// <param name="lease">How long after its last sign of life an owner's run can be taken; <see cref="DefaultLease"/> if not given.</param>
    public DatabaseRunStore(DatabaseCatalog catalog, Endpoint endpoint, string workDirectory, TimeProvider time, TimeSpan? lease = null)
    {
        _runs = new RunDatabase(catalog, endpoint);
        _work = new WorkDirectory(workDirectory);
        _time = time;
        _lease = lease ?? DefaultLease;
    }

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        StoreOfItsOwn.Ensure(_runs.Endpoint, spec);
        var runId = RunIdentity.NewId(spec, _time);
        var keptSpec = KeptSpec.Write(spec);
        var hold = NewHold(1);
        var directory = _work.Make(runId);
        try
        {
            await AddAsync(spec, plan, keptSpec, runId, hold, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _work.Remove(runId);
            throw;
        }

        return new RunHandle(runId, directory, plan, Journal(runId, hold, new JournalChain(PlaceOf(runId))));
    }

    public async Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        // Before a transaction is begun, which would make a file that is not there.
        _ = await FindAsync(runId, cancellationToken).ConfigureAwait(false);
        var directory = _work.Make(runId);
        var (plan, hold, chain) = await _runs.WriteAsync(tables => TakeAsync(tables, runId, refuse, cancellationToken), cancellationToken).ConfigureAwait(false);
        var journal = Journal(runId, hold, chain);
        try
        {
            await journal.AppendAsync(JournalKinds.Owned, null, RunIdentity.Owner(0), cancellationToken).ConfigureAwait(false);
            return new RunHandle(runId, directory, plan, journal);
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<RunState> LookAsync(string runId, CancellationToken cancellationToken)
    {
        RunIdentity.EnsureIsName(runId);
        return await _runs.ReadAsync<RunState?>(
                async tables => await tables.FindAsync(runId, cancellationToken).ConfigureAwait(false) is { } run ? await LookAsync(tables, run, cancellationToken).ConfigureAwait(false) : null,
                null,
                cancellationToken).ConfigureAwait(false)
            ?? throw await NotFoundAsync(runId, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken)
    {
        _ = await FindAsync(runId, cancellationToken).ConfigureAwait(false);
        var chain = await _runs.ReadAsync(tables => tables.ReadAsync(runId, PlaceOf(runId), cancellationToken), new JournalChain(PlaceOf(runId)), cancellationToken).ConfigureAwait(false);
        return chain.Entries;
    }

    public async Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) =>
        KeptSpec.Read((await FindAsync(runId, cancellationToken).ConfigureAwait(false)).Spec, PlaceOf(runId));

    public async Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        _ = await FindAsync(runId, cancellationToken).ConfigureAwait(false);
        await _runs.WriteAsync(
            async tables =>
            {
                var mark = ApprovalMark.Next(_time.GetUtcNow(), await tables.ApprovalMarksAsync(runId, cancellationToken).ConfigureAwait(false));
                await tables.ApproveAsync(runId, mark, JsonSerializer.Serialize(approval, MigrationJson.Line), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken)
    {
        var lines = await _runs.ReadAsync(tables => tables.ApprovalsAsync(runId, cancellationToken), [], cancellationToken).ConfigureAwait(false);
        return [.. lines.Select(line => StepApprovals.Read(line, PlaceOf(runId)))];
    }

    public Task ShowAsync(string runId, WatchedGate gate, CancellationToken cancellationToken) => _runs.WriteAsync(
        async tables =>
        {
            await tables.ShowAsync(runId, ShownGate.Write(gate), cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        _runs.ReadAsync(tables => tables.ListAsync(null, cancellationToken), [], cancellationToken);

    private async Task AddAsync(MigrationSpec spec, MigrationPlan plan, string keptSpec, string runId, RunHold hold, CancellationToken cancellationToken)
    {
        _runs.MakeFile();
        await _runs.WriteAsync(
            async tables =>
            {
                await tables.LockAsync(cancellationToken).ConfigureAwait(false);
                foreach (var other in await tables.ListAsync(spec.Id, cancellationToken).ConfigureAwait(false))
                {
                    RunIdentity.RefuseSecond(spec, await LookAsync(tables, other, cancellationToken).ConfigureAwait(false));
                }

                await tables.AddAsync(runId, spec.Id, KeptPlan.Write(plan), keptSpec, _time.GetUtcNow(), hold, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(MigrationPlan Plan, RunHold Hold, JournalChain Chain)> TakeAsync(RunTables tables, string runId, Action<RunState> refuse, CancellationToken cancellationToken)
    {
        var run = await tables.FindAsync(runId, cancellationToken).ConfigureAwait(false) ?? throw new RunNotFoundException($"Run '{runId}' was removed from {_runs.Endpoint}.");
        var plan = KeptPlan.Read(run.Plan, PlaceOf(runId));
        var now = _time.GetUtcNow();
        var hold = NewHold(run.Hold.Epoch + 1);
        if (run.Hold.IsHeldAt(now))
        {
            throw new RunOwnedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Run '{runId}' is owned by {run.Hold.Owner}. Wait for it or stop it first. Its lease runs until {run.Hold.Until!.Value.UtcDateTime:HH:mm:ss}Z and is renewed while it lives: if it was killed, try again after that."));
        }

        if (!await tables.TakeAsync(runId, hold, now, cancellationToken).ConfigureAwait(false))
        {
            throw new RunOwnedException($"Run '{runId}' was taken by another process in this moment. Wait for it or stop it first.");
        }

        // Read when the run is ours: nobody adds to it any more. If it can't be trusted, the transaction is not committed and the run not taken.
        var chain = await tables.ReadAsync(runId, PlaceOf(runId), cancellationToken).ConfigureAwait(false);
        chain.EnsureBelow(hold.Epoch);
        refuse(RunState.Fold(runId, _work.PathOf(runId), plan, chain.Entries, owned: false));
        return (plan, hold, chain);
    }

    private async Task<RunState> LookAsync(RunTables tables, string runId, CancellationToken cancellationToken) =>
        await LookAsync(tables, (await tables.FindAsync(runId, cancellationToken).ConfigureAwait(false))!, cancellationToken).ConfigureAwait(false);

    // The hold was read before the journal is: a run that ends in between has its end in the journal.
    private async Task<RunState> LookAsync(RunTables tables, StoredRun run, CancellationToken cancellationToken)
    {
        var plan = KeptPlan.Read(run.Plan, PlaceOf(run.RunId));
        var owned = run.Hold.IsHeldAt(_time.GetUtcNow());
        var chain = await tables.ReadAsync(run.RunId, PlaceOf(run.RunId), cancellationToken).ConfigureAwait(false);
        var state = RunState.Fold(run.RunId, _work.PathOf(run.RunId), plan, chain.Entries, owned);

        // Only a run that is under way can show something.
        return state.Status == RunStatus.Running && await tables.ShownAsync(run.RunId, cancellationToken).ConfigureAwait(false) is { } shown ? state.With(ShownGate.Read(shown)) : state;
    }

    private async Task<StoredRun> FindAsync(string runId, CancellationToken cancellationToken)
    {
        RunIdentity.EnsureIsName(runId);
        return await _runs.ReadAsync(tables => tables.FindAsync(runId, cancellationToken), null, cancellationToken).ConfigureAwait(false)
            ?? throw await NotFoundAsync(runId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunNotFoundException> NotFoundAsync(string runId, CancellationToken cancellationToken) =>
        RunIdentity.NotFound(runId, _runs.Endpoint.Redacted, await ListAsync(cancellationToken).ConfigureAwait(false));

    private DatabaseJournal Journal(string runId, RunHold hold, JournalChain chain) => new(_runs, runId, hold.Epoch, chain, _lease, _time);

    private RunHold NewHold(long epoch) =>
        new(epoch, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"), _time.GetUtcNow() + _lease);

    private string PlaceOf(string runId) => $"{_runs.Endpoint} run {runId}";
}
