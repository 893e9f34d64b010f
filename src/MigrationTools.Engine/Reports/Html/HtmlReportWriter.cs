using System.Text;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>
/// One self-contained page: no outside resource, readable without its script, on paper, on a phone, in light and in dark. The
/// content security policy names the page's own style sheet and script by their hashes and allows nothing else, so that even
/// markup that slipped through could neither run nor fetch anything.
/// </summary>
public sealed class HtmlReportWriter : IReportWriter
{
    public string Format => "html";

    public string FileExtension => ".html";

    public async Task WriteAsync(RunReport report, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        var page = Encoding.UTF8.GetBytes(Page(report).ToString());
        await stream.WriteAsync(page, cancellationToken).ConfigureAwait(false);
    }

    private static Markup Page(RunReport report)
    {
        var title = report.SpecName ?? report.SpecId;
        var sections = ReportPage.SectionsOf(report);
        return Markup.Of(
            $"""
            {PageHead.Of($"{Headline.Text(report)}: {title}", report.ToolVersion, ReportScript.Text)}
            <body>
            {ReportSymbols.Definitions}
            <a class="skip" href="#content">Skip to the content</a>
            <div class="page">
            {Headline.Of(report)}
            <nav aria-label="Sections"><ul>{sections.Select(section => Markup.Of($"""<li><a href="#{section.Id}">{section.Title}</a></li>"""))}</ul></nav>
            <main id="content">
            {sections.Select(section => Markup.Of($"""<section aria-labelledby="{section.Id}">{section.Body}</section>"""))}
            </main>
            <footer><p>Told from the run's journal by MigrationTools {report.ToolVersion} at {Pieces.Time(report.GeneratedAt)}. Nothing here was not observed: what did not run says so.</p></footer>
            </div>
            <script>{Markup.Asset(ReportScript.Text)}</script>
            </body>
            </html>

            """);
    }
}
