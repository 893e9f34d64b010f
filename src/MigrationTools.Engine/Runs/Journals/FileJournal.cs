using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>A journal in a JSON Lines file. Open only under the run's lease.</summary>
public sealed class FileJournal : IJournal
{
    private readonly FileStream _stream;
    private readonly RunLease _lease;
    private readonly TimeProvider _time;
    private readonly JournalChain _chain;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private FileJournal(FileStream stream, RunLease lease, TimeProvider time, JournalChain chain)
    {
        _stream = stream;
        _lease = lease;
        _time = time;
        _chain = chain;
    }

    public IReadOnlyList<JournalEntry> Entries => _chain.Entries;

    /// <summary>Opens (or begins) a journal for appending; a torn last line is cut off.</summary>
    /// <returns>The journal and how many bytes were cut off.</returns>
    /// <exception cref="JournalException">The journal can't be trusted.</exception>
    public static (FileJournal Journal, long TornBytes) Open(string path, RunLease lease, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var chain = new JournalChain(path);
        var head = JournalHead.Read(path);
        var (wholeBytes, tornBytes) = File.Exists(path) ? JournalFile.Read(path, chain) : (0L, 0L);
        head?.Require(path, chain.Entries, tornBytes > 0);
        chain.EnsureBelow(lease.Epoch);

        var stream = new FileStream(path, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        if (tornBytes > 0)
        {
            stream.SetLength(wholeBytes);
            stream.Flush(flushToDisk: true);
        }

        stream.Seek(0, SeekOrigin.End);
        return (new FileJournal(stream, lease, time, chain), tornBytes);
    }

    public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _lease.EnsureHeld();
            var (line, entry) = _chain.Next(kind, step, data, _lease.Epoch, _time.GetUtcNow());
            var before = _stream.Position;
            try
            {
                // Once begun, a line is finished: a cancelled half of one would be taken for a torn journal.
                await _stream.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
                _stream.WriteByte((byte)'\n');
                _stream.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                TryCutBack(before);
                throw;
            }

            _chain.Add(entry);
            JournalHead.Write(_stream.Name, entry);
            return entry;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
        _lease.Dispose();
    }

    // A full disk leaves half a line. If even cutting it back fails, the next owner will find it torn at the end and cut it off.
    private void TryCutBack(long length)
    {
        try
        {
            _stream.SetLength(length);
            _stream.Seek(length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
        }
    }
}
