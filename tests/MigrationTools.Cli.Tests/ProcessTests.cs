using System.Diagnostics;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests;

/// <summary>What only a process of its own shows: real streams, real signals, the exit code that a shell sees.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Workplace _place = new();

    public ProcessTests() => _place.MakeShop("old.db");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Json_on_standard_output_is_utf_8_and_nothing_else_comes_there()
    {
        _place.MakeShop("new.db");
        _place.Execute("new.db", "update customers set name = 'Kathe' where id = 3");

        var result = await RunAsync("compare", "--source", "sqlite:old.db", "--target", "sqlite:new.db", "--output", "json");

        result.Code.ShouldBe(1);
        result.Out.ShouldStartWith("{");
        result.Out.ShouldContain("Käthe");
        result.Json.GetProperty("verdict").GetString().ShouldBe("Failed");
        result.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_and_its_rollback_need_no_answer_when_nobody_is_there()
    {
        var spec = _place.WriteSpec();
        var run = await RunAsync("run", spec, "-o", "json");
        run.Code.ShouldBe(0, run.Error);

        var rollback = await RunAsync("rollback", run.Json.GetProperty("runId").GetString()!);

        rollback.Code.ShouldBe(0, rollback.Error);
        rollback.Error.ShouldNotContain("[y/N]");
        (rollback.Out + rollback.Error + run.Error).ShouldNotContain('\u001b');
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task The_directory_of_runs_can_come_from_the_environment()
    {
        var spec = _place.WriteSpec();
        using var process = Start(["run", spec], ("MIGRATIONTOOLS_RUNS", _place["elsewhere"]));

        (await EndAsync(process)).Code.ShouldBe(0);

        Directory.GetDirectories(_place["elsewhere"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_database_of_runs_can_come_from_the_environment()
    {
        var spec = _place.WriteSpec();
        using var process = Start(["run", spec], ("MIGRATIONTOOLS_RUNS", "sqlite:elsewhere.db"));

        (await EndAsync(process)).Code.ShouldBe(0);

        _place.Read("elsewhere.db", "select count(*) from migrationtools_run").ShouldBe(1L);
        Directory.Exists(_place.Runs).ShouldBeFalse();
    }

    [Fact]
    public async Task A_signal_to_end_cancels_and_the_process_ends_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM on Windows");
        using var server = new SilentServer();
        var spec = _place.WriteSpec($"  api: {{ kind: http, source: '{server.Address}', target: '{server.Address}', health: / }}");
        using var process = Start(["readiness", spec]);
        await server.FirstCall;

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        var result = await EndAsync(process);

        result.Code.ShouldBe(130);
        result.Error.ShouldContain("Cancelling: waiting");
        result.Error.ShouldContain("error Cancelled");
    }

    private Task<Outcome> RunAsync(params string[] args) => ProgramProcess.RunAsync(_place.Root, args);

    private Process Start(IEnumerable<string> args, params (string Name, string Value)[] environment) => ProgramProcess.Start(_place.Root, args, environment);

    private static Task<Outcome> EndAsync(Process process) => ProgramProcess.EndAsync(process);
}
