using System.Globalization;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>
/// The last entry that a journal's file held, kept beside it: any beginning of a journal is a whole chain, and one that was cut at a line's end, or is gone,
/// would tell of a run that never did what it did. It is written once the entry is safe, so that it may be behind the journal and is never ahead of it.
/// </summary>
internal sealed record JournalHead(long Seq, string Hash)
{
    /// <summary>Reads it, before the journal is read: whoever writes goes on meanwhile. Null where none was kept.</summary>
    public static JournalHead? Read(string journal)
    {
        try
        {
            using var stream = new FileStream(FileOf(journal), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().Split(' ') is [var seq, var hash] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new JournalHead(number, hash) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps an entry that is safe. Where there is no room for it the older one stays, which asks for less.</summary>
    public static void Write(string journal, JournalEntry entry)
    {
        try
        {
            PrivateFiles.Replace(FileOf(journal), string.Create(CultureInfo.InvariantCulture, $"{entry.Seq} {entry.Hash}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <param name="journal">The journal's file.</param>
    /// <param name="entries">What is whole of it.</param>
    /// <param name="isTorn">It ends in a part of a line, which may be this entry's: a disk can lose what it said was safe.</param>
    /// <exception cref="JournalException">The journal does not hold what it held.</exception>
    public void Require(string journal, IReadOnlyList<JournalEntry> entries, bool isTorn)
    {
        if (entries.Count < Seq ? !isTorn || entries.Count + 1 < Seq : entries[(int)Seq - 1].Hash != Hash)
        {
            throw new JournalException(
                $"{journal}: the journal had {Seq} entries and {(entries.Count == 0 ? "has none" : entries.Count < Seq ? $"has {entries.Count}" : "has another")}. It was cut, replaced or removed; nothing was done. Restore it from a backup, or look at the endpoints by hand.");
        }
    }

    private static string FileOf(string journal) => journal + ".head";
}
