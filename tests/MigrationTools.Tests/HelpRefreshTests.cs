using MigrationTools.Commands;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Pages;

namespace MigrationTools.Tests;

/// <summary>How a page is brought in step with its cmdlet.</summary>
public sealed class HelpRefreshTests
{
    private static readonly CmdletFacts Cmdlet = CmdletReader.Read(typeof(CopyMigrationDataCommand));

    private static readonly ParameterFacts Novelty = new()
    {
        Name = "Novelty",
        Type = "SwitchParameter",
        IsSwitch = true,
        Default = "False",
        Uses = [.. Cmdlet.Sets.Select(set => new ParameterUse(set, Required: false, Position: null, ByValue: false, ByPropertyName: false))],
    };

    [Fact]
    public void A_cmdlet_without_a_page_gets_one_that_says_what_is_left_to_write()
    {
        var page = HelpPage.Read(PageRefresher.Refresh(null, Cmdlet));

        page.Name.ShouldBe("Copy-MigrationData");
        page.Synopsis.ShouldBe(["TODO"]);
        page.Parameters["ChunkRows"].ShouldBe(["TODO"]);
        page.Parameters["WhatIf"].ShouldBe(["Shows what would be done, and does not do it."]);
        page.Examples.ShouldHaveSingleItem().Code.ShouldBe("TODO");
    }

    [Fact]
    public void What_people_wrote_stays()
    {
        var written = PageRefresher.Refresh(null, Cmdlet).Replace("### -ChunkRows\n\nTODO", "### -ChunkRows\n\nRows in a chunk.\n\n- one\n- two", StringComparison.Ordinal);

        var refreshed = PageRefresher.Refresh(written, Cmdlet);

        refreshed.ShouldBe(written);
        HelpPage.Read(refreshed).Parameters["ChunkRows"].ShouldBe(["Rows in a chunk.", "- one", "- two"]);
    }

    [Fact]
    public void A_new_parameter_is_left_to_write_and_one_that_is_gone_goes()
    {
        var written = PageRefresher.Refresh(null, Cmdlet).Replace("\nTODO", "\nWritten.", StringComparison.Ordinal);
        var changed = Cmdlet with { Parameters = [Novelty, .. Cmdlet.Parameters.Where(parameter => parameter.Name != "ChunkRows")] };

        var refreshed = PageRefresher.Refresh(written, changed);

        refreshed.ShouldContain("### -Novelty\n\nTODO\n\n```yaml\nType: SwitchParameter\nParameter Sets: (All)");
        refreshed.ShouldContain("[-Novelty]");
        refreshed.ShouldNotContain("ChunkRows");
        refreshed.ShouldContain("### -MaxRejected\n\nWritten.");
    }

    [Fact]
    public void A_changed_default_is_taken_over()
    {
        var changed = Cmdlet with { Parameters = [.. Cmdlet.Parameters.Select(parameter => parameter.Name == "ChunkRows" ? parameter with { Default = "7" } : parameter)] };

        PageRefresher.Refresh(PageRefresher.Refresh(null, Cmdlet), changed).ShouldContain("Default value: 7\n");
    }

    [Fact]
    public void Parameter_sets_that_differ_have_a_block_each()
    {
        var uses = new[] { new ParameterUse("Spec", Required: true, Position: 0, ByValue: true, ByPropertyName: false), Novelty.Uses[1] };
        var page = PageRefresher.Refresh(null, Cmdlet with { Parameters = [Novelty with { Uses = uses }] });

        page.ShouldContain("Parameter Sets: Spec\nAliases:\n\nRequired: True\nPosition: 0\n");
        page.ShouldContain("Parameter Sets: Run\nAliases:\n\nRequired: False\nPosition: Named\n");
    }

    [Fact]
    public void A_comment_in_an_example_is_no_heading()
    {
        var written = PageRefresher.Refresh(null, Cmdlet).Replace("```powershell\nTODO", "```powershell\n# first\nGet-MigrationRun\n## then\n", StringComparison.Ordinal);

        HelpPage.Read(PageRefresher.Refresh(written, Cmdlet)).Examples.ShouldHaveSingleItem().Code.ShouldBe("# first\nGet-MigrationRun\n## then");
    }

    [Fact]
    public void A_heading_that_no_page_has_is_refused_by_name()
    {
        var written = PageRefresher.Refresh(null, Cmdlet).Replace("## NOTES", "## NOTICE", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => PageRefresher.Refresh(written, Cmdlet)).Message.ShouldContain("'## NOTICE'");
    }

    [Fact]
    public void A_cmdlet_is_read_with_its_defaults_aliases_and_ways_into_the_pipeline()
    {
        var path = CmdletReader.Read(typeof(ImportMigrationSpecCommand)).Parameters.Single(parameter => parameter.Name == "Path");
        var runId = Cmdlet.Parameters.Single(parameter => parameter.Name == "RunId");

        path.Aliases.ShouldBe(["FullName", "PSPath"]);
        path.Wildcards.ShouldBeTrue();
        path.Uses.ShouldHaveSingleItem().PipelineInput.ShouldBe("True (ByValue, ByPropertyName)");
        runId.Uses.ShouldHaveSingleItem().ShouldBe(new ParameterUse("Run", Required: true, Position: null, ByValue: false, ByPropertyName: true));
        Cmdlet.Parameters.Single(parameter => parameter.Name == "ChunkRows").Default.ShouldBe("50000");
        Cmdlet.Sets.ShouldBe(["Spec", "Run", "Endpoint"]);
        CmdletReader.Read(typeof(GetMigrationRunCommand)).Parameters.Single(parameter => parameter.Name == "RunId").Default.ShouldBe("*");
    }
}
