using System.Text;
using System.Text.RegularExpressions;
using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Cli.Tests.CommandLine;

/// <summary>docs/cli.md shows each verb's help as it is.</summary>
public sealed partial class CliPageTests : IDisposable
{
    private const string Page = "cli.md";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_page_shows_the_help_of_every_verb()
    {
        var page = Documents.Read(Page);
        var text = new StringBuilder(page[..page.IndexOf("## ", StringComparison.Ordinal)]);
        foreach (var verb in Verb().Matches((await _place.RunAsync("--help")).Out).Select(match => match.Groups["name"].Value))
        {
            var help = await HelpAsync(text, verb);
            var below = help.IndexOf("\nCommands:\n", StringComparison.Ordinal);
            foreach (var name in below < 0 ? [] : Below().Matches(help[below..help.IndexOf("\n\n", below, StringComparison.Ordinal)]).Select(match => match.Groups["name"].Value))
            {
                await HelpAsync(text, verb, name);
            }
        }

        Documents.ShouldBe(Page, text.ToString().TrimEnd('\n') + "\n");
    }

    private async Task<string> HelpAsync(StringBuilder text, params string[] verb)
    {
        var help = (await _place.RunAsync([.. verb, "--help"])).Out.ReplaceLineEndings("\n");
        text.Append($"## {string.Join(' ', verb)}\n\n```\n{Heading().Replace(SpacesAtTheEnd().Replace(help, ""), "").Trim('\n')}\n```\n\n");
        return help;
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex Below();

    [GeneratedRegex(@"^  (?<name>[a-z]+) <", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\ADescription:\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@" +$", RegexOptions.Multiline)]
    private static partial Regex SpacesAtTheEnd();
}
