namespace MigrationTools.Engine.Runs.Journals;

/// <summary>Reads journal files: for everyone who looks, and for the owner before it appends.</summary>
public static class JournalFile
{
    /// <summary>The entries of a journal and the length of its torn end.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// The whole entries, and how many bytes after the last of them are a line that was being written when its writer died
    /// (or is being written right now).
    /// </returns>
    /// <exception cref="JournalException">A line before the last is broken, or the chain is.</exception>
    public static (IReadOnlyList<JournalEntry> Entries, long WholeBytes, long TornBytes) Read(string path)
    {
        byte[] bytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Array.Resize(ref bytes, read);
        }

        var entries = new List<JournalEntry>();
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                // No line end: the last line was cut while it was written. It never took effect, for what
                // it announces is done only after it is safe.
                break;
            }

            var entry = JournalLine.Read(bytes.AsSpan(start, length), out var reason);
            if (entry is null || entry.Seq != entries.Count + 1 || entry.Prev != (entries.Count == 0 ? "" : entries[^1].Hash))
            {
                throw new JournalException(
                    $"{path}: line {entries.Count + 1} of the journal can't be trusted: {reason ?? "it does not follow the line before it"}. "
                    + "The journal was edited or damaged; nothing was done. Restore the file from a backup, or look at the endpoints by hand.");
            }

            entries.Add(entry);
            start += length + 1;
        }

        return (entries, start, bytes.Length - start);
    }
}
