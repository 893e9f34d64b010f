using System.Text.Json;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.Verbs;

public sealed class RunTests : IDisposable
{
    private readonly Workplace _place = new();

    public RunTests() => _place.MakeShop("old.db");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_that_passes_says_so_and_where_its_report_is_and_how_to_take_it_back()
    {
        var result = await _place.RunAsync("run", _place.WriteSpec());

        result.Code.ShouldBe(0, result.Error);
        var run = Path.GetFileName(Directory.GetDirectories(_place.Runs).Single());
        result.Out.ShouldContain("Verdict  Passed");
        result.Out.ShouldContain("report.html");
        result.Out.ShouldContain($"migrationtools rollback {run} --runs");
        result.Error.ShouldContain("The shop moves");
        result.Error.ShouldContain("BigBang");
        result.Error.ShouldContain("Ready  Passed");
        result.Error.ShouldContain("Passed       05-database.copy:shop");
        _place.Read("new.db", "select count(*) from customers").ShouldBe(4L);
    }

    [Fact]
    public async Task As_json_it_is_one_object_with_run_verdict_status_and_steps_with_their_evidence()
    {
        var result = await _place.RunAsync("run", _place.WriteSpec(), "--output", "json");

        var json = result.Json;
        json.EnumerateObject().Select(property => property.Name).Take(3).ShouldBe(["runId", "verdict", "status"]);
        Text(json, "verdict").ShouldBe("Passed");
        Text(json, "status").ShouldBe("Completed");
        File.Exists(Text(json, "report")).ShouldBeTrue();
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        steps.Count.ShouldBeGreaterThan(4);
        foreach (var step in steps)
        {
            step.EnumerateObject().Select(property => property.Name).Take(2).ShouldBe(["id", "name"]);
            Text(step, "verdict").ShouldBe("Passed");
            step.TryGetProperty("evidence", out _).ShouldBeTrue();
        }

        var copy = steps.Single(step => Text(step, "id")!.Contains("database.copy", StringComparison.Ordinal));
        Text(copy.GetProperty("evidence")[0], "observed").ShouldBe("10");
    }

    [Fact]
    public async Task As_json_lines_it_is_a_line_a_step_and_a_last_one_for_the_run()
    {
        var result = await _place.RunAsync("run", _place.WriteSpec(), "--output", "jsonl");

        var lines = result.JsonLines;
        lines.SkipLast(1).ShouldAllBe(line => line.GetProperty("verdict").GetString() == "Passed" && line.GetProperty("id").GetString()!.Length > 0);
        Text(lines[^1], "status").ShouldBe("Completed");
        Text(lines[^1], "runId").ShouldStartWith("shop-");
    }

    [Fact]
    public async Task What_is_not_ready_is_not_begun_and_what_would_make_it_ready_is_said()
    {
        var spec = _place.WriteSpec("dependencies: [ { name: version two, measure: { sql: shop.source, query: 'select count(*) from customers' }, expect: '= 99' } ]");

        var result = await _place.RunAsync("run", spec);

        result.Code.ShouldBe(1);
        result.Out.ShouldContain("NotReady");
        result.Out.ShouldContain("Failed dependency:version-two");
        result.Out.ShouldContain("To do:");
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_waiver_lets_it_begin_and_stands_in_the_result()
    {
        var spec = _place.WriteSpec("dependencies: [ { name: version two, measure: { sql: shop.source, query: 'select count(*) from customers' }, expect: '= 99' } ]");

        var result = await _place.RunAsync("run", spec, "--waive", "dependency:*=counted by hand", "-o", "json");

        result.Code.ShouldBe(0, result.Error);
        Text(result.Json, "verdict").ShouldBe("Waived");
        var waived = result.Json.GetProperty("readiness").EnumerateArray().Single(check => Text(check, "verdict") == "Waived");
        Text(waived.GetProperty("waiver"), "why").ShouldBe("counted by hand");
    }

    [Fact]
    public async Task A_migration_whose_gate_fails_failed_also_where_it_was_rolled_back_well()
    {
        var spec = _place.WriteSpec("rollback: { mode: automatic }\nvalidation: { rules: [ { name: no customers, on: shop, sql: 'select count(*) from customers', expect: 0 } ] }");

        var result = await _place.RunAsync("run", spec, "-o", "json");

        result.Code.ShouldBe(1, result.Error);
        Text(result.Json, "verdict").ShouldBe("Failed");
        Text(result.Json, "status").ShouldBe("RolledBack");
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rollback_gives_each_step_the_verdict_of_its_undoing()
    {
        var run = await FinishedRunAsync();

        var result = await _place.RunAsync("rollback", run, "--reason", "orders are slow", "-o", "json");

        result.Code.ShouldBe(0, result.Error);
        Text(result.Json, "status").ShouldBe("RolledBack");
        result.Json.GetProperty("steps").EnumerateArray().ShouldAllBe(step => step.GetProperty("verdict").GetString() == "Passed" && step.GetProperty("status").GetString() == "Compensated");
        result.Error.ShouldContain("orders are slow");
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rollback_on_a_terminal_asks_and_does_nothing_without_a_yes()
    {
        var run = await FinishedRunAsync();

        var result = await _place.RunAsync(new Setting { Terminal = true, Input = "no\n" }, "rollback", run);

        result.Code.ShouldBe(130);
        result.Error.ShouldContain("[y/N]");
        result.Error.ShouldContain("nothing was done");
        (await _place.RunAsync("status", run, "-o", "json")).Json.GetProperty("status").GetString().ShouldBe("Completed");
    }

    [Theory]
    [InlineData("y\n", new string[0])]
    [InlineData("", new[] { "--yes" })]
    public async Task A_rollback_on_a_terminal_goes_on_with_a_yes(string typed, string[] more)
    {
        var run = await FinishedRunAsync();

        var result = await _place.RunAsync(new Setting { Terminal = true, Input = typed }, ["rollback", run, .. more]);

        result.Code.ShouldBe(0, result.Error);
        result.Error.Contains("[y/N]", StringComparison.Ordinal).ShouldBe(more.Length == 0);
    }

    [Fact]
    public async Task A_rollback_that_would_lose_writes_fails_and_names_the_way_on()
    {
        var run = await FinishedRunAsync();
        _place.Execute("new.db", "insert into customers values (100, 'after cut-over', null)");

        var refused = await _place.RunAsync("rollback", run);
        refused.Code.ShouldBe(1);
        refused.Out.ShouldContain("--accept-data-loss");

        (await _place.RunAsync("rollback", run, "--accept-data-loss")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Status_lists_the_runs_and_tells_one()
    {
        var run = await FinishedRunAsync();

        (await _place.RunAsync("status")).Out.ShouldContain(run);
        var list = (await _place.RunAsync("status", "-o", "json")).Json.GetProperty("runs");
        Text(list[0], "runId").ShouldBe(run);
        var one = await _place.RunAsync("status", run);
        one.Code.ShouldBe(0);
        one.Out.ShouldContain("05-database.copy:shop");
    }

    [Fact]
    public async Task An_edited_journal_is_shown_as_such_and_does_not_hide_the_other_runs()
    {
        var broken = await FinishedRunAsync();
        var journal = Path.Combine(_place.Runs, broken, "journal.jsonl");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace("The shop moves", "The shop stays", StringComparison.Ordinal));

        var one = await _place.RunAsync("status", broken, "-o", "json");
        one.Code.ShouldBe(3);
        Text(one.Json.GetProperty("error"), "id").ShouldBe("JournalCorrupt");
        var list = await _place.RunAsync("status", "-o", "jsonl");
        list.Code.ShouldBe(3);
        Text(list.JsonLines.Single(), "verdict").ShouldBe("Error");
    }

    [Fact]
    public async Task The_journal_is_shown_entry_by_entry()
    {
        var run = await FinishedRunAsync();

        var lines = (await _place.RunAsync("journal", run, "-o", "jsonl")).JsonLines;
        lines.Select(line => line.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, lines.Count).Select(number => (long)number));
        Text(lines[0], "kind").ShouldBe("runStarted");
        Text(lines[^1], "kind").ShouldBe("runEnded");
        (await _place.RunAsync("journal", run)).Out.ShouldContain("the chain of hashes is whole");
    }

    [Fact]
    public async Task The_report_is_written_where_and_in_the_form_that_is_asked_for()
    {
        var run = await FinishedRunAsync();

        var result = await _place.RunAsync("report", run, "--format", "html,junit", "--out", _place["reports"], "-o", "json");

        result.Code.ShouldBe(0, result.Error);
        Directory.GetFiles(_place["reports"]).Select(Path.GetFileName).Order().ShouldBe(["report.html", "report.junit.xml"]);
        result.Json.GetProperty("files").GetArrayLength().ShouldBe(2);
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private async Task<string> FinishedRunAsync()
    {
        var result = await _place.RunAsync("run", _place.WriteSpec(), "-o", "json");
        result.Code.ShouldBe(0, result.Error);
        return Text(result.Json, "runId")!;
    }
}
