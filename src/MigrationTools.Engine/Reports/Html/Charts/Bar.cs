namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>
/// A horizontal bar that is as wide as its place. Labels and figures stand beside it as text of the page, so that they keep their
/// size on a phone and are read out and found like any other text.
/// </summary>
internal static class Bar
{
    // Something that is there stays visible however small it is beside the largest.
    private const double SmallestWidth = 0.6;

    public static Markup Of(string title, params IEnumerable<BarPart> parts) => Markup.Of(
        $"""<svg class="bar" role="img"><title>{title}</title><rect class="track" width="100%" height="100%" rx="2"/>{parts.Where(part => part.Width > 0).Select(part => Part(part, 0, 100))}</svg>""");

    /// <summary>Two bars of one scale, one over the other.</summary>
    public static Markup Pair(string title, BarPart upper, BarPart lower) => Markup.Of(
        $"""<svg class="bar pair" role="img"><title>{title}</title>{Half(upper, 0)}{Half(lower, 54)}</svg>""");

    /// <summary>A share of the largest, in percent; 0 where the largest is nothing.</summary>
    public static double Share(double value, double largest) => largest > 0 ? 100 * value / largest : 0;

    private static Markup Half(BarPart part, double top) => Markup.Of(
        $"""<rect class="track" y="{top}%" width="100%" height="46%" rx="2"/>{(part.Width > 0 ? Part(part, top, 46) : Markup.Empty)}""");

    private static Markup Part(BarPart part, double top, double height)
    {
        var width = Math.Clamp(part.Width, SmallestWidth, 100);
        var start = Math.Clamp(part.Start, 0, 100 - width);
        return Markup.Of($"""<rect class="f-{part.Fill}" x="{start}%" y="{top}%" width="{width}%" height="{height}%" rx="2"/>""");
    }
}
