using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Engine;

namespace MigrationTools.Cli.Tests.CommandLine;

public sealed class HelpTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string> Verbs => ["readiness", "plan", "run", "resume", "rollback", "status", "journal", "compare", "copy", "count", "integrity", "report"];

    /// <summary>With those that stand below another.</summary>
    public static TheoryData<string> AllVerbs => [.. Verbs.Select(verb => verb.Data), "compare plan", "compare merge"];

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task Every_verb_has_a_description_examples_and_exit_codes(string verb)
    {
        var help = await _place.RunAsync([.. verb.Split(' '), "--help"]);

        help.Code.ShouldBe(0);
        help.Error.ShouldBeEmpty();
        help.Out.ShouldContain($"  migrationtools {verb}");
        help.Out.ShouldContain("Example");
        help.Out.ShouldContain("Exit codes:");
        help.Out.ShouldContain("130  Cancelled.");
        help.Out.ShouldContain("--output <table|json|jsonl>");
        help.Out.Split('\n').ShouldAllBe(line => line.Length <= 120);
    }

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task The_examples_of_the_help_are_calls_that_parse(string verb)
    {
        var help = await _place.RunAsync([.. verb.Split(' '), "--help"]);
        var examples = help.Out.Split('\n').Where(line => line.StartsWith("  migrationtools ", StringComparison.Ordinal) && !line.Contains('<', StringComparison.Ordinal)).ToList();

        examples.ShouldNotBeEmpty();
        foreach (var example in examples)
        {
            var args = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example.Split(" > ")[0].Replace('\'', '"')).Skip(1);
            // Nothing that it names is there: the call itself is right where that is what is complained about.
            var result = await _place.RunAsync([.. args]);
            (result.Code == 0 || result.Error.Contains("there is no such file", StringComparison.Ordinal) || result.Error.Contains("No run '", StringComparison.Ordinal)
                || result.Error.Contains("EndpointUnavailable", StringComparison.Ordinal) || result.Error.Contains("SecretMissing", StringComparison.Ordinal)).ShouldBeTrue($"{example}: {result.Error}");
        }
    }

    [Fact]
    public async Task The_program_lists_its_verbs()
    {
        var help = await _place.RunAsync("--help");

        help.Code.ShouldBe(0);
        foreach (var verb in Verbs)
        {
            help.Out.ShouldContain($"  {verb.Data}");
        }
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var version = await _place.RunAsync("--version");

        version.Code.ShouldBe(0);
        version.Out.Trim().ShouldBe(ProductVersion.Text);
    }
}
