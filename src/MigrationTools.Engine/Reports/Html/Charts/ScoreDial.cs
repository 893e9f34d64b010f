using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>The integrity score as a ring. One that was not measured is a broken ring with words, neither empty nor full.</summary>
internal static class ScoreDial
{
    public static Markup Of(ReportScore score, Verdict verdict)
    {
        var title = $"Integrity score: {Figures.Percent(score.Value)}; {Figures.ChecksRun(score.Run, score.Required)}";
        var ring = score.Value is { } value
            ? Markup.Of($"""<circle class="ring" cx="60" cy="60" r="48"/><circle class="arc s-{verdict.ToString()}" cx="60" cy="60" r="48" pathLength="100" stroke-dasharray="{Math.Clamp(value, 0, 1) * 100} 100" transform="rotate(-90 60 60)"/><text x="60" y="60" class="dial-value">{Figures.Percent(value)}</text><text x="60" y="78" class="dial-label">integrity</text>""")
            : Markup.Of($"""<circle class="ring unmeasured" cx="60" cy="60" r="48"/><text x="60" y="57" class="dial-words">not</text><text x="60" y="74" class="dial-words">measured</text>""");
        return Markup.Of($"""<svg class="dial" viewBox="0 0 120 120" role="img"><title>{title}</title>{ring}</svg>""");
    }
}
