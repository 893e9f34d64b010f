using System.Text.RegularExpressions;

namespace MigrationTools.Tests.Pages;

/// <summary>The pages under docs/ (and README.md, as ../README.md) that are made of the code, or checked against it.</summary>
internal static class Documents
{
    // Set it to write the pages anew from the code, then look at the difference and commit it.
    private const string Accept = "MIGRATIONTOOLS_ACCEPT_DOCS";

    public static string Root { get; } = FindRoot();

    public static string Read(string name) => File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks of a language on a page, in its order.</summary>
    public static IReadOnlyList<string> Samples(string name, string language) =>
        [.. Regex.Matches(Read(name), $@"^```{Regex.Escape(language)}\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups["text"].Value)];

    /// <summary>Fails where a page is not what the code makes of it.</summary>
    public static void ShouldBe(string name, string expected)
    {
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(PathOf(name), expected);
        }

        var actual = File.Exists(PathOf(name)) ? Read(name) : string.Empty;
        (actual == expected).ShouldBeTrue($"docs/{name} is not what the code says; run this test with {Accept}=1 to write it anew.");
    }

    private static string PathOf(string name) => Path.Combine(Root, "docs", name);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "MigrationTools.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("MigrationTools.sln is in no directory above the tests.");
        }

        return directory.FullName;
    }
}
