using MigrationTools.Help.Cmdlets;

namespace MigrationTools.Help.Pages;

/// <summary>
/// Brings a page's mechanical parts (front matter, syntax, the facts of parameters, the names of input and output types) in step with
/// the cmdlet, and leaves what people wrote. What nobody has written yet reads <see cref="PageLayout.Unwritten"/>.
/// </summary>
public static class PageRefresher
{
    /// <summary>The page as it should read.</summary>
    /// <param name="text">The page as it reads now; null where there is none.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <exception cref="FormatException">The page is not laid out as a page.</exception>
    public static string Refresh(string? text, CmdletFacts cmdlet)
    {
        ArgumentNullException.ThrowIfNull(cmdlet);
        var old = text is null ? new PageSection { Level = 1, Title = cmdlet.Name } : PageReader.Read(text);
        var strange = old.Children.Select(child => child.Title).Except(PageLayout.Sections).FirstOrDefault();
        if (strange is not null)
        {
            throw new FormatException($"The heading '## {strange}' is none of a page of help. It has: {string.Join(", ", PageLayout.Sections)}.");
        }

        var page = old with
        {
            Title = cmdlet.Name,
            Children = [.. PageLayout.Sections.Select(title => Section(old.Child(title) ?? new PageSection { Level = 2, Title = title }, cmdlet))],
        };
        return $"{PageLayout.FrontMatter(cmdlet.Name)}\n\n{page.ToMarkdown()}\n".ReplaceLineEndings("\n");
    }

    private static PageSection Section(PageSection section, CmdletFacts cmdlet) => section.Title switch
    {
        PageLayout.Syntax => PageFacts.Syntax(cmdlet),
        PageLayout.Examples => section.Children.Count > 0 ? section : section with { Children = [Example] },
        PageLayout.Parameters => section with { Children = [.. cmdlet.Parameters.Select(parameter => Parameter(section, parameter, cmdlet)), Common] },
        PageLayout.Inputs => section with { Children = Types(section, cmdlet.Inputs) },
        PageLayout.Outputs => section with { Children = Types(section, cmdlet.Outputs) },
        PageLayout.RelatedLinks => section,
        _ => section.Body.Length > 0 ? section : section with { Body = PageLayout.Unwritten },
    };

    private static PageSection Example => new()
    {
        Level = 3,
        Title = $"Example 1: {PageLayout.Unwritten}",
        Body = $"```powershell\n{PageLayout.Unwritten}\n```",
    };

    private static PageSection Common => new()
    {
        Level = 3,
        Title = PageLayout.CommonParameters,
        Body = PageLayout.Standard[PageLayout.CommonParameters],
    };

    private static PageSection Parameter(PageSection parameters, ParameterFacts parameter, CmdletFacts cmdlet)
    {
        var title = $"-{parameter.Name}";
        var prose = PageFacts.WithoutYaml(parameters.Child(title)?.Body ?? "");
        if (prose.Length == 0)
        {
            prose = PageLayout.Standard.GetValueOrDefault(parameter.Name, PageLayout.Unwritten);
        }

        return new PageSection { Level = 3, Title = title, Body = $"{prose}\n\n{PageFacts.Yaml(parameter, cmdlet)}" };
    }

    private static List<PageSection> Types(PageSection section, IReadOnlyList<string> names) =>
        [.. names.Select(name => section.Child(name) ?? new PageSection { Level = 3, Title = name, Body = name == "None" ? "" : PageLayout.Unwritten })];
}
