using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// The tables of a store of runs, and every statement on them. Nobody changes a line of the journal once it is there; of a run only
/// its epoch, owner and lease change. What people said of steps is in a table of its own, made with the first word; so is
/// what an owner shows while it measures, a row a run that is overwritten.
/// </summary>
internal sealed class RunTables(IDatabaseSession session, ISqlDialect dialect)
{
    public const string RunName = "migrationtools_run";
    public const string JournalName = "migrationtools_journal";
    public const string ApprovalName = "migrationtools_approval";
    public const string LiveName = "migrationtools_live";

    private readonly string _run = dialect.Quote(RunName);
    private readonly string _journal = dialect.Quote(JournalName);
    private readonly string _approval = dialect.Quote(ApprovalName);
    private readonly string _live = dialect.Quote(LiveName);

    /// <summary>Whether a table belongs to a store of runs: it is then no part of what is migrated, compared or restored.</summary>
    public static bool IsOne(TableName table) => table.Name is RunName or JournalName or ApprovalName or LiveName;

    public async Task<bool> ExistAsync(CancellationToken cancellationToken)
    {
        foreach (var name in new[] { RunName, JournalName })
        {
            if (!await ExistsAsync(name, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Keeps what a person said of a step.</summary>
    public async Task ApproveAsync(string runId, string moment, string approval, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(ApprovalName, cancellationToken).ConfigureAwait(false))
        {
            await session.ExecuteAsync(
                $"CREATE TABLE IF NOT EXISTS {_approval} (run_id text NOT NULL, moment text NOT NULL, line text NOT NULL, PRIMARY KEY (run_id, moment))", [], cancellationToken).ConfigureAwait(false);
        }

        await session.ExecuteAsync($"INSERT INTO {_approval} (run_id, moment, line) VALUES ($1, $2, $3)", [runId, moment, approval], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What people said of a run's steps, in order.</summary>
    public async Task<IReadOnlyList<string>> ApprovalsAsync(string runId, CancellationToken cancellationToken) =>
        [.. (await MarkedApprovalsAsync(runId, cancellationToken).ConfigureAwait(false)).Select(approval => approval.Line)];

    /// <summary>What orders them.</summary>
    public async Task<IReadOnlyList<string>> ApprovalMarksAsync(string runId, CancellationToken cancellationToken) =>
        [.. (await MarkedApprovalsAsync(runId, cancellationToken).ConfigureAwait(false)).Select(approval => approval.Mark)];

    private async Task<IReadOnlyList<(string Mark, string Line)>> MarkedApprovalsAsync(string runId, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(ApprovalName, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var rows = await session.QueryAsync($"SELECT moment, line FROM {_approval} WHERE run_id = $1", [runId], cancellationToken).ConfigureAwait(false);
        return [.. rows.OrderBy(row => row[0], StringComparer.Ordinal).Select(row => (row[0]!, row[1]!))];
    }

    /// <summary>Keeps what a run's owner shows, in the place of what it showed before.</summary>
    public async Task ShowAsync(string runId, string line, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(LiveName, cancellationToken).ConfigureAwait(false))
        {
            await session.ExecuteAsync($"CREATE TABLE IF NOT EXISTS {_live} (run_id text NOT NULL PRIMARY KEY, line text NOT NULL)", [], cancellationToken).ConfigureAwait(false);
        }

        await session.ExecuteAsync($"INSERT INTO {_live} (run_id, line) VALUES ($1, $2) ON CONFLICT (run_id) DO UPDATE SET line = excluded.line", [runId, line], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a run's owner showed last; null where it shows nothing.</summary>
    public async Task<string?> ShownAsync(string runId, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(LiveName, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var rows = await session.QueryAsync($"SELECT line FROM {_live} WHERE run_id = $1", [runId], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }

    /// <summary>Keeps every other beginner of runs out until the transaction ends, and makes the tables where they are not there.</summary>
    public async Task LockAsync(CancellationToken cancellationToken)
    {
        if (RunTableHabits.Of(dialect).Lock is { } sql)
        {
            _ = await session.QueryAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        // Looked for first: whoever may use the tables may not be allowed to make any.
        if (!await ExistAsync(cancellationToken).ConfigureAwait(false))
        {
            await CreateAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task AddAsync(string runId, string specId, string plan, string spec, DateTimeOffset begunAt, RunHold hold, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO {_run} (run_id, spec_id, plan, spec, begun_at, epoch, owner, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [runId, specId, plan, spec, Text(begunAt), hold.Epoch, hold.Owner, Text(hold.Until)],
        cancellationToken);

    /// <summary>A run, or null where there is none of that id.</summary>
    public async Task<StoredRun?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            $"SELECT plan, spec, epoch, owner, lease_until FROM {_run} WHERE run_id = $1", [runId], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0
            ? null
            : new StoredRun(runId, rows[0][0]!, rows[0][1]!, new RunHold(Number(rows[0][2]), rows[0][3], rows[0][4] is { } until ? Moment(until) : null));
    }

    /// <summary>Ids, newest first.</summary>
    /// <param name="specId">Only runs of this spec; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<string>> ListAsync(string? specId, CancellationToken cancellationToken)
    {
        var rows = specId is null
            ? await session.QueryAsync($"SELECT run_id, begun_at FROM {_run}", [], cancellationToken).ConfigureAwait(false)
            : await session.QueryAsync($"SELECT run_id, begun_at FROM {_run} WHERE spec_id = $1", [specId], cancellationToken).ConfigureAwait(false);

        // Ordered here: the server's collation need not be ordinal.
        return [.. rows.OrderByDescending(row => row[1], StringComparer.Ordinal).ThenByDescending(row => row[0], StringComparer.Ordinal).Select(row => row[0]!)];
    }

    /// <summary>Takes a run that nobody holds; false where another was quicker.</summary>
    public async Task<bool> TakeAsync(string runId, RunHold hold, DateTimeOffset now, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            $"UPDATE {_run} SET epoch = $2, owner = $3, lease_until = $4 WHERE run_id = $1 AND epoch = $5 AND (lease_until IS NULL OR lease_until <= $6)",
            [runId, hold.Epoch, hold.Owner, Text(hold.Until), hold.Epoch - 1, Text(now)],
            cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Renews the lease, or gives it back (null); false where the epoch is no longer this owner's. Until the transaction ends nobody can take the run.</summary>
    public async Task<bool> RenewAsync(string runId, long epoch, DateTimeOffset? until, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            $"UPDATE {_run} SET lease_until = $3 WHERE run_id = $1 AND epoch = $2", [runId, epoch, Text(until)], cancellationToken).ConfigureAwait(false) == 1;

    public Task AppendAsync(string runId, long seq, string line, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"INSERT INTO {_journal} (run_id, seq, line) VALUES ($1, $2, $3)", [runId, seq, line], cancellationToken);

    /// <summary>One line of a journal, or null.</summary>
    public async Task<string?> LineAsync(string runId, long seq, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync($"SELECT line FROM {_journal} WHERE run_id = $1 AND seq = $2", [runId, seq], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }

    /// <summary>A run's whole journal, checked.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="place">The store and the run, for errors.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JournalException">It can't be trusted.</exception>
    public async Task<JournalChain> ReadAsync(string runId, string place, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync($"SELECT seq, line FROM {_journal} WHERE run_id = $1 ORDER BY seq", [runId], cancellationToken).ConfigureAwait(false);
        var chain = new JournalChain(place);
        foreach (var row in rows)
        {
            chain.Read(Encoding.UTF8.GetBytes(row[1]!));
            if (Number(row[0]) != chain.Entries.Count)
            {
                throw new JournalException($"{place}: line {chain.Entries.Count} of the journal stands under the number {row[0]}. The journal was edited; nothing was done. Restore it from a backup, or look at the endpoints by hand.");
            }
        }

        return chain;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {_run} (
                run_id text NOT NULL PRIMARY KEY,
                spec_id text NOT NULL,
                plan text NOT NULL,
                spec text NOT NULL,
                begun_at text NOT NULL,
                epoch bigint NOT NULL,
                owner text,
                lease_until text
            )
            """,
            [],
            cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {_journal} (run_id text NOT NULL, seq bigint NOT NULL, line text NOT NULL, PRIMARY KEY (run_id, seq))",
            [],
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ExistsAsync(string table, CancellationToken cancellationToken) =>
        (await session.QueryAsync(RunTableHabits.Of(dialect).TableExists, [table], cancellationToken).ConfigureAwait(false))[0][0] == "1";

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    // Of one width and in UTC, so that texts compare as the moments do under any collation; readable for whoever looks into the table.
    private static string? Text(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
