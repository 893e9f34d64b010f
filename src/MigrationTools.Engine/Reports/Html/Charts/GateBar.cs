using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>A gate's value against its limit, on a scale from 0 to 100 %.</summary>
internal static class GateBar
{
    public static Markup Of(ReportGate gate)
    {
        var title = $"{gate.Name}: {Words(gate)}";
        var value = gate.Value is { } measured
            ? Markup.Of($"""<rect class="f-{gate.Verdict.ToString()}" width="{Math.Clamp(measured, 0, 1) * 100}%" height="100%" rx="2"/>""")
            : Markup.Empty;
        var limit = gate.Limit is { } least
            ? Markup.Of($"""<line class="limit" x1="{Math.Clamp(least * 100, 0.4, 99.6)}%" x2="{Math.Clamp(least * 100, 0.4, 99.6)}%" y1="0" y2="100%"/>""")
            : Markup.Empty;
        return Markup.Of($"""<svg class="bar" role="img"><title>{title}</title><rect class="track" width="100%" height="100%" rx="2"/>{value}{limit}</svg>""");
    }

    public static string Words(ReportGate gate) =>
        $"integrity score {Figures.Percent(gate.Value)}, {(gate.Limit is { } least ? $"at least {Figures.Percent(least)} asked for" : "no minimum asked for: its checks' verdicts decide")}";
}
