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
        var chain = new JournalChain(path);
        var (whole, torn) = Read(path, chain);
        return (chain.Entries, whole, torn);
    }

    internal static (long WholeBytes, long TornBytes) Read(string path, JournalChain chain)
    {
        byte[] bytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Array.Resize(ref bytes, read);
        }

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

            chain.Read(bytes.AsSpan(start, length));
            start += length + 1;
        }

        return (start, bytes.Length - start);
    }
}
