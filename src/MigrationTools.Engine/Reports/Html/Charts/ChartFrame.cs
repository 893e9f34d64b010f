namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>A titled list of bars: what every chart of tables looks like.</summary>
internal static class ChartFrame
{
    /// <summary>Bars in a chart; the table beside it has them all.</summary>
    public const int MostRows = 20;

    public static Markup Of(string title, Markup note, IReadOnlyList<Markup> rows, long left) => Markup.Of(
        $"""
        <figure class="chart">
        <figcaption><strong>{title}</strong> <span class="quiet">{note}</span></figcaption>
        <ul>{rows}</ul>
        {Pieces.More(left, "tables are", "in the list below")}
        </figure>

        """);

    public static Markup Row(string label, Markup bar, Markup figures) => Markup.Of(
        $"""<li><span class="chart-label">{Pieces.Name(label)}</span>{bar}<span class="chart-figures">{figures}</span></li>""");

    /// <summary>A sample of a fill with its meaning.</summary>
    public static Markup Key(string fill, string meaning) => Markup.Of(
        $"""<span class="key"><svg class="swatch" aria-hidden="true" focusable="false"><rect class="f-{fill}" width="100%" height="100%" rx="2"/></svg>{meaning}</span>""");
}
