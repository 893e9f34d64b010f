using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests;

public sealed class TerminalTests : IDisposable
{
    private const char Escape = '\u001b';

    private readonly Workplace _place = new();

    public TerminalTests()
    {
        _place.MakeShop("old.db");
        _place.MakeShop("new.db");
        _place.Execute("new.db", "update customers set name = 'X' where id = 1");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("compare")]
    [InlineData("count")]
    [InlineData("integrity")]
    public async Task Without_a_terminal_nothing_is_coloured_and_no_progress_is_shown(string verb)
    {
        var result = await _place.RunAsync(verb, _place.WriteSpec());

        (result.Out + result.Error).ShouldNotContain(Escape);
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_piped_run_tells_its_steps_without_escape_sequences()
    {
        File.Delete(_place["new.db"]);

        var result = await _place.RunAsync("run", _place.WriteSpec());

        result.Error.ShouldContain("begins       01-");
        (result.Out + result.Error).ShouldNotContain(Escape);
    }

    [Fact]
    public async Task A_terminal_gets_colours_unless_NO_COLOR_forbids_them()
    {
        (await _place.RunAsync(new Setting { Terminal = true }, "compare", _place.WriteSpec())).Out.ShouldContain($"{Escape}[31mFailed");
        (await _place.RunAsync(new Setting { Terminal = true, Color = false }, "compare", _place.WriteSpec())).Out.ShouldNotContain(Escape);
    }

    [Fact]
    public async Task Json_is_never_coloured()
    {
        var result = await _place.RunAsync(new Setting { Terminal = true }, "compare", _place.WriteSpec(), "-o", "json");

        result.Out.ShouldNotContain(Escape);
        result.Json.GetProperty("verdict").GetString().ShouldBe("Failed");
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("count")]
    [InlineData("integrity")]
    [InlineData("plan")]
    [InlineData("readiness")]
    public async Task No_table_is_wider_than_120_columns(string verb)
    {
        var result = await _place.RunAsync(verb, _place.WriteSpec());

        // Paths, hashes and notes are not cut; tables have two blanks between columns.
        result.Out.Split('\n').Where(line => line.Contains("  ", StringComparison.Ordinal) && !line.StartsWith(' ')).ShouldAllBe(line => line.TrimEnd('\r').Length <= 120);
    }

    [Fact]
    public async Task A_value_in_a_database_can_not_write_escape_sequences_to_the_terminal()
    {
        _place.Execute("new.db", "update customers set note = char(27) || '[2J' || char(10) || 'Passed' where id = 2");

        var result = await _place.RunAsync("compare", _place.WriteSpec());

        result.Out.ShouldNotContain(Escape);
        result.Out.ShouldContain(@"'\u001b[2J\nPassed'");
    }

    [Fact]
    public async Task Verbose_shows_what_is_logged()
    {
        File.Delete(_place["new.db"]);
        var spec = _place.WriteSpec();

        var result = await _place.RunAsync("run", spec, "--verbose");

        result.Code.ShouldBe(0);
        result.Error.ShouldContain(" info Step 01-database.capture:shop");
    }
}
