using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>
/// The lines of a journal as a chain, wherever they are kept: reads them back with distrust, and writes the next one. Every store of
/// runs keeps the same lines, so that a journal can be checked in the same way everywhere.
/// </summary>
/// <param name="place">The file or database with the run, for errors.</param>
public sealed class JournalChain(string place)
{
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>Reads the next line, without its line end.</summary>
    /// <exception cref="JournalException">It was edited, or does not follow the line before it.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        var entry = JournalLine.Read(line, out var reason);
        if (entry is null || entry.Seq != NextSeq || entry.Prev != LastHash)
        {
            throw new JournalException(
                $"{place}: line {NextSeq} of the journal can't be trusted: {reason ?? "it does not follow the line before it"}. "
                + "The journal was edited or damaged; nothing was done. Restore it from a backup, or look at the endpoints by hand.");
        }

        _entries.Add(entry);
    }

    /// <summary>The line that comes next. It belongs to the chain once it is safe: see <see cref="Add"/>.</summary>
    public (byte[] Line, JournalEntry Entry) Next(string kind, string? step, JsonObject data, long epoch, DateTimeOffset at) =>
        JournalLine.Write(new JournalEntry { Seq = NextSeq, At = at, Kind = kind, Step = step, Epoch = epoch, Data = data, Prev = LastHash, Hash = "" });

    /// <summary>Takes an entry from <see cref="Next"/> that is safe now.</summary>
    public void Add(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Seq != NextSeq || entry.Prev != LastHash)
        {
            throw new InvalidOperationException($"Entry {entry.Seq} does not follow entry {_entries.Count}.");
        }

        _entries.Add(entry);
    }

    /// <summary>Makes sure that an owner's epoch is above every epoch that was written.</summary>
    /// <exception cref="JournalException">It is not: what counts the epochs was replaced by something older.</exception>
    public void EnsureBelow(long epoch)
    {
        if (_entries.Count > 0 && _entries[^1].Epoch >= epoch)
        {
            throw new JournalException(
                $"{place}: the last entry's epoch is {_entries[^1].Epoch}, and this process holds {epoch}: the lease was replaced by an older one. Nothing was done.");
        }
    }

    private long NextSeq => _entries.Count + 1;

    private string LastHash => _entries.Count == 0 ? "" : _entries[^1].Hash;
}
