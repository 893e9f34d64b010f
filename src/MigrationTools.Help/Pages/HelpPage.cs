namespace MigrationTools.Help.Pages;

/// <summary>What people wrote of a cmdlet, in plain paragraphs.</summary>
public sealed record HelpPage
{
    /// <summary>The cmdlet's name.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>By the parameter's name, without its hyphen.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    /// <summary>By the type's full name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Inputs { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">It is not laid out as a page, or an example has no block of code.</exception>
    public static HelpPage Read(string text)
    {
        var page = PageReader.Read(text);
        return new HelpPage
        {
            Name = page.Title,
            Synopsis = Paragraphs(page, PageLayout.Synopsis),
            Description = Paragraphs(page, PageLayout.Description),
            Examples = [.. Children(page, PageLayout.Examples).Select(Example)],
            Parameters = Children(page, PageLayout.Parameters).Where(child => child.Title.StartsWith('-'))
                .ToDictionary(child => child.Title[1..], child => Prose.Paragraphs(PageFacts.WithoutYaml(child.Body)), StringComparer.Ordinal),
            Inputs = ByTitle(page, PageLayout.Inputs),
            Outputs = ByTitle(page, PageLayout.Outputs),
            Notes = Paragraphs(page, PageLayout.Notes),
            Links = Prose.Links(page.Child(PageLayout.RelatedLinks)?.Body ?? ""),
        };
    }

    private static IReadOnlyList<string> Paragraphs(PageSection page, string section) => Prose.Paragraphs(page.Child(section)?.Body ?? "");

    private static IReadOnlyList<PageSection> Children(PageSection page, string section) => page.Child(section)?.Children ?? [];

    private static Dictionary<string, IReadOnlyList<string>> ByTitle(PageSection page, string section) =>
        Children(page, section).ToDictionary(child => child.Title, child => Prose.Paragraphs(child.Body), StringComparer.Ordinal);

    private static HelpExample Example(PageSection section)
    {
        var (code, rest) = Prose.SplitCode(section.Body);
        return new HelpExample(
            section.Title,
            code ?? throw new FormatException($"Line {section.Line}: '{section.Title}' has no block of code."),
            Prose.Paragraphs(rest));
    }
}
