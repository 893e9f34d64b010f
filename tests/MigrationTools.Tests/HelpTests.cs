using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationTools.Commands;
using MigrationTools.Help;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Pages;

namespace MigrationTools.Tests;

/// <summary>The module's help as it lies in the repository, checked without a PowerShell engine.</summary>
public sealed partial class HelpTests
{
    // What PowerShell itself brings, as far as the help uses it. Any other name of a cmdlet must be one of this module.
    private static readonly string[] PowerShellsOwn =
    [
        "Copy-Item", "Export-Csv", "ForEach-Object", "Format-List", "Format-Table", "Get-ChildItem", "Get-Content", "Get-Help", "Get-Item", "Import-Module", "New-Item",
        "Select-Object", "Set-Content", "Sort-Object", "Stop-Job", "Where-Object",
    ];

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private static IReadOnlyList<CmdletFacts> Cmdlets { get; } = CmdletReader.Read(typeof(AsyncCommand).Assembly);

    private static string Root { get; } = FindRoot();

    private static HelpDirectory Pages { get; } = new(Path.Combine(Root, "docs", "en-US"), Cmdlets);

    private static string TopicsDirectory { get; } = Path.Combine(Root, "module", "en-US");

    public static TheoryData<string> Names => new(Cmdlets.Select(cmdlet => cmdlet.Name));

    public static TheoryData<string> Topics => new(Directory.GetFiles(TopicsDirectory).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_cmdlet_has_a_page_and_every_page_a_cmdlet() =>
        Pages.Names.ShouldBe(Cmdlets.Select(cmdlet => cmdlet.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_what_the_assembly_says(string name)
    {
        var (now, refreshed) = Pages.Refresh(Facts(name));

        now.ShouldBe(refreshed, "run: dotnet run --project src/MigrationTools.Help -- refresh");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_of_a_page_is_left_to_write(string name) =>
        File.ReadAllText(Pages.FileOf(name)).ShouldNotContain(PageLayout.Unwritten);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_describes_every_parameter_and_every_type(string name)
    {
        var (facts, page) = (Facts(name), Pages.Read(name));

        page.Synopsis.ShouldHaveSingleItem().ShouldEndWith(".");
        string.Concat(page.Description).Length.ShouldBeGreaterThan(200);
        page.Notes.ShouldNotBeEmpty();
        foreach (var parameter in facts.Parameters)
        {
            string.Concat(page.Parameters[parameter.Name]).Length.ShouldBeGreaterThan(20, parameter.Name);
        }

        foreach (var type in facts.Outputs)
        {
            page.Outputs[type].ShouldNotBeEmpty(type);
        }

        foreach (var type in facts.Inputs.Where(type => type != "None"))
        {
            page.Inputs[type].ShouldNotBeEmpty(type);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_two_examples_or_more_each_with_what_is_seen(string name)
    {
        var examples = Pages.Read(name).Examples;

        examples.Count.ShouldBeGreaterThanOrEqualTo(2);
        for (var index = 0; index < examples.Count; index++)
        {
            examples[index].Title.ShouldMatch($"^Example {index + 1}: [A-Z]");
            examples[index].Code.ShouldContain(name);
            examples[index].Remarks.ShouldNotBeEmpty(examples[index].Title);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_links_of_a_page_lead_somewhere(string name)
    {
        var links = Pages.Read(name).Links;

        links.ShouldNotBeEmpty();
        foreach (var link in links.Where(link => !link.Target.StartsWith("https://", StringComparison.Ordinal)))
        {
            File.Exists(Path.Combine(Path.GetDirectoryName(Pages.FileOf(name))!, link.Target)).ShouldBeTrue(link.Target);
        }
    }

    [Fact]
    public void The_compiled_help_is_well_formed_and_has_every_command()
    {
        var commands = XDocument.Parse(Pages.Compile().ToString()).Root!.Elements(Command + "command").ToList();

        commands.Select(command => command.Element(Command + "details")!.Element(Command + "name")!.Value).ShouldBe(Cmdlets.Select(cmdlet => cmdlet.Name));
        foreach (var (command, facts) in commands.Zip(Cmdlets))
        {
            command.Element(Command + "syntax")!.Elements(Command + "syntaxItem").Count().ShouldBe(facts.Sets.Count, facts.Name);
            command.Element(Command + "parameters")!.Elements().Select(parameter => parameter.Element(Maml + "name")!.Value)
                .ShouldBe(facts.Parameters.Select(parameter => parameter.Name));
            command.Element(Command + "examples")!.Elements().Count().ShouldBe(Pages.Read(facts.Name).Examples.Count);
            command.Element(Command + "relatedLinks")!.Elements(Maml + "navigationLink").First().Element(Maml + "uri")!.Value.ShouldEndWith($"/{facts.Name}.md");
        }
    }

    [Fact]
    public void The_compiled_help_says_how_a_parameter_is_given()
    {
        var command = Pages.Compile().Descendants(Command + "command").Single(item => item.Descendants(Command + "name").First().Value == "Import-MigrationSpec");
        var path = command.Element(Command + "parameters")!.Elements().Single(parameter => parameter.Element(Maml + "name")!.Value == "Path");

        string Attribute(string name) => path.Attribute(name)!.Value;
        Attribute("required").ShouldBe("true");
        Attribute("position").ShouldBe("0");
        Attribute("pipelineInput").ShouldBe("True (ByValue, ByPropertyName)");
        Attribute("globbing").ShouldBe("true");
        Attribute("aliases").ShouldBe("FullName, PSPath");
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_laid_out_as_one_and_fits_a_console(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(TopicsDirectory, file));

        file.ShouldMatch(@"^about_MigrationTools\w*\.help\.txt$");
        lines.Where(line => line.Length > 80).ShouldBeEmpty();
        lines[1].Trim().ShouldBe(file.Replace(".help.txt", "", StringComparison.Ordinal));
        lines.Where(line => line.Length > 0 && line[0] != ' ').ShouldBe(["TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION", "EXAMPLES", "SEE ALSO"]);
        lines.ShouldNotContain(line => line.Contains(PageLayout.Unwritten, StringComparison.Ordinal));
    }

    [Fact]
    public void The_help_names_no_cmdlet_and_no_topic_that_is_not_there()
    {
        var known = Cmdlets.Select(cmdlet => cmdlet.Name).Concat(PowerShellsOwn)
            .Concat(Directory.GetFiles(TopicsDirectory).Select(file => Path.GetFileName(file).Replace(".help.txt", "", StringComparison.Ordinal)))
            .Append("about_CommonParameters").ToHashSet(StringComparer.Ordinal);
        var texts = Pages.Names.Select(Pages.FileOf).Concat(Directory.GetFiles(TopicsDirectory)).ToList();

        texts.SelectMany(file => NamesIn().Matches(File.ReadAllText(file)).Select(match => match.Value)).Distinct().Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    private static CmdletFacts Facts(string name) => Cmdlets.Single(cmdlet => cmdlet.Name == name);

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "MigrationTools.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }

    [GeneratedRegex(@"\b(?:about_\w+|(?:Approve|Compare|Convert|Copy|Export|ForEach|Format|Get|Import|Invoke|Measure|New|Resume|Select|Set|Sort|Stop|Test|Where)-[A-Z]\w+)")]
    private static partial Regex NamesIn();
}
