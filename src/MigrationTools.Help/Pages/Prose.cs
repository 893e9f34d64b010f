using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MigrationTools.Help.Pages;

/// <summary>Markdown as the plain paragraphs that a console shows.</summary>
public static class Prose
{
    /// <summary>A paragraph, an item of a list (with a hyphen before it) or a block of code each.</summary>
    /// <exception cref="FormatException">There is a kind of block that a console can't show, such as a table.</exception>
    public static IReadOnlyList<string> Paragraphs(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return [.. Markdown.Parse(markdown).SelectMany(Texts)];
    }

    /// <summary>The links of a text, in its order.</summary>
    public static IReadOnlyList<PageLink> Links(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return [.. Markdown.Parse(markdown).Descendants<LinkInline>().Select(link => new PageLink(Plain(link), link.Url ?? ""))];
    }

    /// <summary>The first block of code of a text, and the text without it.</summary>
    public static (string? Code, string Others) SplitCode(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return Markdown.Parse(markdown).OfType<FencedCodeBlock>().FirstOrDefault() is { } block
            ? (Code(block), markdown.Remove(block.Span.Start, block.Span.Length).Trim('\n'))
            : (null, markdown);
    }

    private static IEnumerable<string> Texts(Block block) => block switch
    {
        ParagraphBlock paragraph => [Plain(paragraph.Inline!)],
        ListBlock list => list.OfType<ListItemBlock>().Select(item => $"- {string.Join(' ', item.SelectMany(Texts))}"),
        FencedCodeBlock code => [Code(code)],
        LinkReferenceDefinitionGroup => [],
        _ => throw new FormatException($"A {block.GetType().Name} has no form in a console's help: '{block}'."),
    };

    private static string Code(FencedCodeBlock block) => block.Lines.ToString().ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Plain(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline link => link.Url,
                ContainerInline inner => Plain(inner),
                _ => throw new FormatException($"A {inline.GetType().Name} has no form in a console's help: '{inline}'."),
            });
        }

        return text.ToString();
    }
}
