namespace MigrationTools.Help.Pages;

/// <summary>The fixed parts of a page, which is laid out as PlatyPS lays out its pages (schema 2.0.0).</summary>
public static class PageLayout
{
    public const string ModuleName = "MigrationTools";

    /// <summary>The file that the pages are compiled into, as the front matter names it.</summary>
    public const string HelpFile = "MigrationTools.dll-Help.xml";

    /// <summary>What stands where nobody has written yet. A test finds it.</summary>
    public const string Unwritten = "TODO";

    public const string Syntax = "SYNTAX";

    public const string Synopsis = "SYNOPSIS";

    public const string Description = "DESCRIPTION";

    public const string Examples = "EXAMPLES";

    public const string Parameters = "PARAMETERS";

    public const string Inputs = "INPUTS";

    public const string Outputs = "OUTPUTS";

    public const string Notes = "NOTES";

    public const string RelatedLinks = "RELATED LINKS";

    public const string CommonParameters = "CommonParameters";

    private const string Pages = "https://github.com/migrationtools/migrationtools/blob/main/docs/en-US";

    /// <summary>A page's sections, in their order.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [Synopsis, Syntax, Description, Examples, Parameters, Inputs, Outputs, Notes, RelatedLinks];

    /// <summary>What PowerShell's own parameters are described by.</summary>
    public static IReadOnlyDictionary<string, string> Standard { get; } = new Dictionary<string, string>
    {
        ["WhatIf"] = "Shows what would be done, and does not do it.",
        ["Confirm"] = "Asks before it is done; `-Confirm:$false` does not ask.",
        [CommonParameters] =
            """
            This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable, -InformationAction, -InformationVariable, -OutBuffer, -OutVariable,
            -PipelineVariable, -ProgressAction, -Verbose, -WarningAction and -WarningVariable. See [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
            """,
    };

    /// <summary>The address of a cmdlet's page, which <c>Get-Help -Online</c> opens.</summary>
    public static string OnlineVersion(string cmdlet) => $"{Pages}/{cmdlet}.md";

    public static string FrontMatter(string cmdlet) =>
        $"""
        ---
        external help file: {HelpFile}
        Module Name: {ModuleName}
        online version: {OnlineVersion(cmdlet)}
        schema: 2.0.0
        ---
        """;
}
