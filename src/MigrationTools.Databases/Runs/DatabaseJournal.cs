using System.Text;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// A journal in a table. An entry is one transaction that renews the lease under this owner's epoch and adds the line: whoever was
/// overtaken by another owner writes nothing.
/// </summary>
public sealed class DatabaseJournal : IJournal
{
    private readonly RunDatabase _runs;
    private readonly string _runId;
    private readonly long _epoch;
    private readonly JournalChain _chain;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly RunHeartbeat _heartbeat;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private (string Line, JournalEntry Entry)? _uncertain;

    /// <summary>Goes on with a journal that was taken under an epoch.</summary>
    internal DatabaseJournal(RunDatabase runs, string runId, long epoch, JournalChain chain, TimeSpan lease, TimeProvider time)
    {
        _runs = runs;
        _runId = runId;
        _epoch = epoch;
        _chain = chain;
        _lease = lease;
        _time = time;
        _heartbeat = new RunHeartbeat(runs, runId, epoch, lease, time);
    }

    public IReadOnlyList<JournalEntry> Entries => _chain.Entries;

    /// <exception cref="RunOwnedException">Another process has taken the run over.</exception>
    /// <exception cref="Engine.Databases.DatabaseException">The store failed. The entry may be there or not; the next one finds out.</exception>
    public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
            var (bytes, entry) = _chain.Next(kind, step, data, _epoch, _time.GetUtcNow());
            var line = Encoding.UTF8.GetString(bytes);
            _uncertain = (line, entry);
            await _runs.WriteAsync(tables => AppendAsync(tables, entry.Seq, line, cancellationToken), cancellationToken).ConfigureAwait(false);
            _uncertain = null;
            _chain.Add(entry);
            return entry;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the run back. Where the store can't be reached, the lease runs out by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        try
        {
            await _runs.WriteAsync(tables => tables.RenewAsync(_runId, _epoch, null, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
        }
        catch (MigrationToolsException)
        {
        }

        _turn.Dispose();
    }

    private async Task<bool> AppendAsync(RunTables tables, long seq, string line, CancellationToken cancellationToken)
    {
        if (!await tables.RenewAsync(_runId, _epoch, _time.GetUtcNow() + _lease, cancellationToken).ConfigureAwait(false))
        {
            var now = await tables.FindAsync(_runId, cancellationToken).ConfigureAwait(false);
            throw RunOwnedException.Overtaken(now is null
                ? $"The run {_runId} is no longer in {_runs.Endpoint}. This process stops without writing more."
                : $"The run was taken over by {now.Hold.Owner ?? "another process"} (epoch {now.Hold.Epoch}, this one held {_epoch}). This process stops without writing more.");
        }

        await tables.AppendAsync(_runId, seq, line, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // A connection that breaks during a commit leaves open whether it was one.
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_uncertain is not var (line, entry))
        {
            return;
        }

        var kept = await _runs.ReadAsync(tables => tables.LineAsync(_runId, entry.Seq, cancellationToken), null, cancellationToken).ConfigureAwait(false);
        if (kept == line)
        {
            _chain.Add(entry);
        }

        _uncertain = null;
    }
}
