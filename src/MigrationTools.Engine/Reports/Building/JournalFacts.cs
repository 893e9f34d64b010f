using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Reads from a journal what it says of itself.</summary>
internal static class JournalFacts
{
    public static ReportJournal Read(IReadOnlyList<JournalEntry> journal)
    {
        var started = journal.FirstOrDefault(entry => entry.Kind == JournalKinds.RunStarted);
        List<ReportOwner> owners = [.. journal.GroupBy(entry => entry.Epoch).Select(Owner)];
        return new ReportJournal
        {
            Entries = journal.Count,
            LastHash = journal.Count == 0 ? null : journal[^1].Hash,
            LastAt = journal.Count == 0 ? null : journal[^1].At,
            TornBytes = owners.Sum(owner => owner.TornBytes),
            Owners = owners,
            StartedByVersion = started?.Data["toolVersion"]?.ToString(),
            User = started?.Data["user"]?.ToString(),
        };
    }

    private static ReportOwner Owner(IGrouping<long, JournalEntry> entries)
    {
        var taken = entries.FirstOrDefault(entry => entry.Kind == JournalKinds.Owned);
        return new ReportOwner(
            entries.Key,
            (taken ?? entries.First()).At,
            taken?.Data["process"]?.ToString(),
            taken?.Data["host"]?.ToString(),
            taken is null ? 0 : StepData.Read(taken.Data).Whole("tornBytes") ?? 0,
            entries.Count());
    }
}
