using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace MigrationTools.Help.Pages;

/// <summary>Reads a page's Markdown as the tree of its headings. Markdig finds the headings, so that a comment in an example is none.</summary>
public static partial class PageReader
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">It has no front matter, or not exactly one title.</exception>
    public static PageSection Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normal = text.ReplaceLineEndings("\n");
        var frontMatter = FrontMatter().Match(normal);
        if (!frontMatter.Success)
        {
            throw new FormatException("It has no front matter: expected a first line '---'.");
        }

        // Blank lines in its place keep the numbers of the lines.
        var blank = new string('\n', frontMatter.Value.Count(character => character == '\n'));
        var markdown = blank + normal[frontMatter.Length..];
        var headings = Markdown.Parse(markdown).OfType<HeadingBlock>().ToList();
        var lines = markdown.Split('\n');
        var flat = headings.Select((heading, index) => Flat(heading, index + 1 < headings.Count ? headings[index + 1].Line : lines.Length, lines)).ToList();
        return flat.Count(section => section.Level == 1) == 1 && flat[0].Level == 1
            ? Nest(flat, 0)
            : throw new FormatException("It must have one title (# Name), before every other heading.");
    }

    private static PageSection Flat(HeadingBlock heading, int end, string[] lines) => new()
    {
        Level = heading.Level,
        Title = lines[heading.Line].TrimStart('#').Trim(),
        Line = heading.Line + 1,
        Body = string.Join('\n', lines[(heading.Line + 1)..end]).Trim('\n', ' '),
    };

    private static PageSection Nest(List<PageSection> flat, int index)
    {
        var children = new List<PageSection>();
        for (var next = index + 1; next < flat.Count && flat[next].Level > flat[index].Level; next++)
        {
            if (flat[next].Level == flat[index].Level + 1)
            {
                children.Add(Nest(flat, next));
            }
        }

        return flat[index] with { Children = children };
    }

    [GeneratedRegex(@"\A---\n.*?\n---\n", RegexOptions.Singleline)]
    private static partial Regex FrontMatter();
}
