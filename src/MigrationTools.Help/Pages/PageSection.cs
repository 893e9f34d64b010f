namespace MigrationTools.Help.Pages;

/// <summary>A heading of a page and what stands below it, up to the next heading of its level.</summary>
public sealed record PageSection
{
    /// <summary>1 for the page's title.</summary>
    public required int Level { get; init; }

    public required string Title { get; init; }

    /// <summary>The line of its heading, from 1; 0 where it was made and not read.</summary>
    public int Line { get; init; }

    /// <summary>Markdown before the first heading below it, without blank lines around it.</summary>
    public string Body { get; init; } = "";

    public IReadOnlyList<PageSection> Children { get; init; } = [];

    public PageSection? Child(string title) => Children.FirstOrDefault(child => child.Title == title);

    /// <summary>It and what is below it, as Markdown.</summary>
    public string ToMarkdown()
    {
        var own = $"{new string('#', Level)} {Title}";
        return string.Join("\n\n", Children.Select(child => child.ToMarkdown()).Prepend(Body.Length > 0 ? $"{own}\n\n{Body}" : own));
    }
}
