using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>What the report rests on: ids, hashes, the journal and its owners.</summary>
internal static class RecordSection
{
    public static PageSection Of(RunReport report)
    {
        var journal = report.Journal;
        var owners = Markup.Of(
            $"""
            <table><thead><tr><th scope="col">Owner</th><th scope="col">Took it</th><th scope="col">Process</th><th scope="col">Host</th><th scope="col">Entries</th><th scope="col">Torn bytes found</th></tr></thead>
            <tbody>{journal.Owners.Select(Owner)}</tbody></table>
            """);
        return new PageSection("record", "Record", Markup.Of(
            $"""
            {Pieces.SectionHead("record", "Record", Markup.Of($"{Figures.Of(journal.Entries, "journal entry", "journal entries")}"))}
            <dl class="facts wide">
            {Pieces.Definition("Run", Code(report.RunId))}
            {Pieces.Definition("Spec file", Code(report.SpecFile))}
            {Pieces.Definition("Plan hash", Code(report.PlanHash))}
            {Pieces.Definition("Last journal hash", Code(journal.LastHash))}
            {Pieces.Definition("Last entry", Pieces.Time(journal.LastAt))}
            {Pieces.Definition("Begun by", Markup.Of($"<bdi>{journal.User ?? "not recorded"}</bdi>, version {journal.StartedByVersion ?? "not recorded"}"))}
            {Pieces.Definition("Torn bytes", Markup.Of($"{Figures.Count(journal.TornBytes)}{(journal.TornBytes > 0 ? ": a line that was being written when its writer died; what it announced was never done" : "")}"))}
            </dl>
            {(journal.Owners.Count == 0 ? Markup.Of($"""<p class="empty">The journal has no entry.</p>""") : Pieces.Scroll("Owners of the run", owners))}
            """));
    }

    private static Markup Owner(ReportOwner owner) => Markup.Of(
        $"""<tr><th scope="row">{Figures.Count(owner.Epoch)}</th><td>{Pieces.Time(owner.At)}</td><td><bdi>{owner.Process ?? "not recorded"}</bdi></td><td><bdi>{owner.Host ?? "not recorded"}</bdi></td><td>{Figures.Count(owner.Entries)}</td><td>{Figures.Count(owner.TornBytes)}</td></tr>""");

    private static Markup Code(string? text) => text is null ? Markup.Of($"""<span class="quiet">not known</span>""") : Markup.Of($"<code><bdi>{text}</bdi></code>");
}
