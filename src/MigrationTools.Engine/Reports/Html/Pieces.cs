using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>Pieces that several sections of the page share: verdicts, values, lists that were cut.</summary>
internal static class Pieces
{
    /// <summary>A verdict by word, shape and colour.</summary>
    public static Markup Badge(Verdict verdict) => Markup.Of($"""<span class="badge v-{verdict.ToString()}">{Icon(verdict)}{Word(verdict)}</span>""");

    public static Markup Icon(Verdict verdict) => Markup.Of($"""<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{verdict.ToString()}"/></svg>""");

    /// <summary>The verdict's word as people read it.</summary>
    public static string Word(Verdict verdict) => verdict == Verdict.NotRun ? "Not run" : verdict.ToString();

    /// <summary>A value of the data. NULL and the empty text have forms that no text can take.</summary>
    public static Markup Value(string? value) => value switch
    {
        null => Markup.Of($"""<em class="null">NULL</em>"""),
        "" => Markup.Of($"""<em class="null">empty text</em>"""),
        _ => Markup.Of($"""<code class="value"><bdi>{value}</bdi></code>"""),
    };

    /// <summary>A name or an id, kept in its own direction.</summary>
    public static Markup Name(string name) => Markup.Of($"<bdi>{name}</bdi>");

    /// <summary>A sentence in which the endpoints that everybody knows by now stand back.</summary>
    public static Markup Sentence(string text, IReadOnlyList<string> endpoints)
    {
        var first = endpoints
            .Select(endpoint => (Endpoint: endpoint, At: text.IndexOf(endpoint, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At).ThenByDescending(found => found.Endpoint.Length)
            .Select(found => ((string Endpoint, int At)?)found)
            .FirstOrDefault();
        return first is var (endpoint, at)
            ? Markup.Of($"""{text[..at]}<span class="uri"><bdi>{endpoint}</bdi></span>{Sentence(text[(at + endpoint.Length)..], endpoints)}""")
            : Markup.Of($"{text}");
    }

    public static Markup Time(DateTimeOffset? at) => at is { } known
        ? Markup.Of($"""<time datetime="{known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}">{Figures.Moment(known)}</time>""")
        : Markup.Of($"""<span class="quiet">not known</span>""");

    /// <summary>A figure, or the words that say that there is none.</summary>
    public static Markup Figure(long? value) => value is { } known
        ? Markup.Of($"{Figures.Count(known)}")
        : Markup.Of($"""<span class="quiet" title="not measured">–<span class="unseen">not measured</span></span>""");

    /// <summary>A heading with the summary that every section of checks carries.</summary>
    public static Markup SectionHead(string id, string title, Markup aside) => Markup.Of(
        $"""<header class="section-head"><h2 id="{id}">{title}</h2><p class="aside">{aside}</p></header>""");

    /// <summary>A wide table in a frame that scrolls by itself and can be reached with the keyboard.</summary>
    public static Markup Scroll(string label, Markup table) => Markup.Of(
        $"""<div class="scroll" role="region" aria-label="{label}" tabindex="0">{table}</div>""");

    /// <summary>What a cut list left out; nothing where it is whole.</summary>
    public static Markup More(long left, string what, string where) => left <= 0
        ? Markup.Empty
        : Markup.Of($"""<p class="more">{Figures.Count(left)} more {what} {where}.</p>""");

    public static Markup Definition(string term, Markup description) => Markup.Of($"<div><dt>{term}</dt><dd>{description}</dd></div>");

    public static Markup Evidence(IReadOnlyList<Evidence> evidence) => evidence.Count == 0
        ? Markup.Empty
        : Markup.Of($"""<ul class="evidence">{evidence.Select(Piece)}</ul>""");

    private static Markup Piece(Evidence piece)
    {
        var expected = piece.Expected is null ? Markup.Empty : Markup.Of($"""<span class="label">expected</span> {Value(piece.Expected)}""");
        var endpoint = piece.Endpoint is null ? Markup.Empty : Markup.Of($" · <bdi>{piece.Endpoint}</bdi>");
        var observed = piece.Observed is null ? Markup.Of($"""<em class="null">nothing</em>""") : Value(piece.Observed);
        return Markup.Of(
            $"""<li><code class="query"><bdi>{piece.Source}</bdi></code><span class="seen"><span class="label">seen</span> {observed} {expected}</span><span class="quiet small">{Time(piece.At)}{endpoint}</span></li>""");
    }
}
