using System.Net;
using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>A strict reading of the page: tags that close in order, attributes in double quotes, and the text between them.</summary>
internal sealed partial class HtmlText
{
    private static readonly HashSet<string> Void = ["meta", "input"];

    private readonly List<(string Name, Dictionary<string, string> Attributes)> _elements = [];
    private readonly List<string> _texts = [];

    /// <summary>Reads a page; fails where it is not in order.</summary>
    public static HtmlText Read(string html)
    {
        var page = new HtmlText();
        var open = new Stack<string>();
        html.ShouldStartWith("<!DOCTYPE html>");
        var at = "<!DOCTYPE html>".Length;
        while (at < html.Length)
        {
            var next = html.IndexOf('<', at);
            if (next < 0)
            {
                html[at..].Trim().ShouldBeEmpty();
                break;
            }

            page._texts.Add(html[at..next]);
            var tag = Tag().Match(html, next);
            tag.Success.ShouldBeTrue($"a tag begins at {next}: {html.Substring(next, Math.Min(80, html.Length - next))}");
            at = next + tag.Length;
            var name = tag.Groups["name"].Value;
            if (tag.Groups["close"].Success)
            {
                open.Pop().ShouldBe(name, $"</{name}> at {next}");
                continue;
            }

            var attributes = Attribute().Matches(tag.Groups["attributes"].Value).ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
            page._elements.Add((name, attributes));
            if (name is "style" or "script")
            {
                var end = html.IndexOf($"</{name}>", at, StringComparison.Ordinal);
                page.Assets[name] = html[at..end];
                at = end;
            }

            if (!Void.Contains(name) && !tag.Groups["empty"].Success)
            {
                open.Push(name);
            }
        }

        open.ShouldBeEmpty();
        return page;
    }

    /// <summary>The content of style and script.</summary>
    public Dictionary<string, string> Assets { get; } = [];

    public IEnumerable<(string Name, Dictionary<string, string> Attributes)> Elements => _elements;

    /// <summary>All that a reader sees, and the titles of drawings.</summary>
    public string Text => Blanks().Replace(WebUtility.HtmlDecode(string.Concat(_texts)), " ");

    public IEnumerable<string> Values(string attribute) => _elements.Where(element => element.Attributes.ContainsKey(attribute)).Select(element => element.Attributes[attribute]);

    [GeneratedRegex("""\G<(?<close>/)?(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s*(?<empty>/)?>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?:="(?<value>[^"]*)")?""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
