using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>A journal in a JSON Lines file. Open only under the run's lease.</summary>
public sealed class FileJournal : IJournal
{
    private readonly FileStream _stream;
    private readonly RunLease _lease;
    private readonly TimeProvider _time;
    private readonly List<JournalEntry> _entries;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private FileJournal(FileStream stream, RunLease lease, TimeProvider time, List<JournalEntry> entries)
    {
        _stream = stream;
        _lease = lease;
        _time = time;
        _entries = entries;
    }

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>Opens (or begins) a journal for appending; a torn last line is cut off.</summary>
    /// <returns>The journal and how many bytes were cut off.</returns>
    /// <exception cref="JournalException">The journal can't be trusted.</exception>
    public static (FileJournal Journal, long TornBytes) Open(string path, RunLease lease, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var exists = File.Exists(path);
        var (entries, wholeBytes, tornBytes) = exists ? JournalFile.Read(path) : ([], 0L, 0L);
        if (exists && entries.Count > 0 && entries[^1].Epoch >= lease.Epoch)
        {
            throw new JournalException($"{path}: the last entry's epoch is {entries[^1].Epoch}, and this process holds {lease.Epoch}: the lease file was replaced. Nothing was done.");
        }

        var stream = new FileStream(path, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        if (tornBytes > 0)
        {
            stream.SetLength(wholeBytes);
            stream.Flush(flushToDisk: true);
        }

        stream.Seek(0, SeekOrigin.End);
        return (new FileJournal(stream, lease, time, [.. entries]), tornBytes);
    }

    public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _lease.EnsureHeld();
            var (line, entry) = JournalLine.Write(new JournalEntry
            {
                Seq = _entries.Count + 1,
                At = _time.GetUtcNow(),
                Kind = kind,
                Step = step,
                Epoch = _lease.Epoch,
                Data = data,
                Prev = _entries.Count == 0 ? "" : _entries[^1].Hash,
                Hash = "",
            });
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

            _entries.Add(entry);
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
