using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting;
using MigrationTools.Hosting.Following;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary>Approving, telling, following and sharing traffic out, on a flag that a program sets, and on a router that two programs are.</summary>
public sealed class RolloutVerbTests : IDisposable
{
    private readonly Workplace _place = new();

    public RolloutVerbTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are a Unix shell's");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_that_waits_is_told_approved_and_resumed_to_its_end()
    {
        var spec = WriteFlag("deadline: 1s");
        _place.Write("hook", "http://127.0.0.1:9/T0PSECRET");

        var held = await _place.RunAsync("run", spec, "--output", "json");
        held.Code.ShouldBe(3);
        var run = held.Json.GetProperty("runId").GetString()!;
        var waits = held.Json.GetProperty("waitingFor").EnumerateArray().Single();
        waits.GetProperty("for").GetString().ShouldBe("clean up blue");
        var step = waits.GetProperty("step").GetString()!;
        held.Error.ShouldContain($"approve {run} --step {step} --why");
        var told = File.ReadAllLines(_place["told"]);
        told[0].ShouldStartWith("Start|");
        told.ShouldContain(line => line.StartsWith("Hold|Inconclusive|", StringComparison.Ordinal) && line.Contains($"approve {run} --step {step}", StringComparison.Ordinal));
        held.Error.ShouldContain("Notification 'team' was not sent to ${file:hook}");

        var text = await _place.RunAsync("status", run);
        text.Out.ShouldContain($"Waits    for a person to approve {step}: clean up blue, since ");
        text.Out.ShouldContain($"approve {run} --step {step} --why");

        var approved = await _place.RunAsync("approve", run, "--why", "the numbers are right", "--who", "Ada", "--output", "json");
        approved.Code.ShouldBe(0, approved.Error);
        approved.Json.GetProperty("step").GetString().ShouldBe(step);
        approved.Json.GetProperty("approved").GetBoolean().ShouldBeTrue();
        approved.Json.GetProperty("who").GetString().ShouldBe("Ada");

        var resumed = await _place.RunAsync("resume", run);
        resumed.Code.ShouldBe(0, resumed.Error);
        (await _place.RunAsync("journal", run, "--output", "json")).Out.ShouldContain("approved by Ada: the numbers are right");
        (await _place.RunAsync("status", run, "--output", "json")).Json.GetProperty("waitingFor").GetArrayLength().ShouldBe(0);
        foreach (var file in Directory.GetFiles(_place.Runs, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain("T0PSECRET", customMessage: file);
        }
    }

    [Fact]
    public async Task A_refusal_fails_the_gate()
    {
        var run = (await _place.RunAsync("run", WriteFlag("deadline: 1s"), "--output", "json")).Json.GetProperty("runId").GetString()!;

        (await _place.RunAsync("approve", run, "--refuse", "--why", "orders are slow")).Out.ShouldContain("is refused by");

        (await _place.RunAsync("resume", run)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task What_does_not_wait_can_not_be_approved_and_a_reason_must_be_given()
    {
        var run = (await _place.RunAsync("run", WriteFlag(null), "--output", "json")).Json.GetProperty("runId").GetString()!;

        var early = await _place.RunAsync("approve", run, "--why", "early");
        early.Code.ShouldBe(2);
        early.Error.ShouldContain("InvalidRequest");
        early.Error.ShouldContain("does not wait for an approval");
        (await _place.RunAsync("approve", run)).Code.ShouldBe(2);
        (await _place.RunAsync("approve", "nobody", "--why", "x")).Error.ShouldContain("RunNotFound");
    }

    [Fact]
    public async Task A_run_is_followed_from_outside_to_its_end_with_what_it_waits_for()
    {
        var running = _place.RunAsync("run", WriteFlag("deadline: 10m"), "--output", "json");
        var run = await FirstRunAsync();
        var following = _place.RunAsync("status", run, "--follow", "--output", "jsonl");

        var seen = new List<RunProgress>();
        await foreach (var progress in new MigrationHost(new HostOptions { RunsDirectory = _place.Runs }).FollowAsync(run, TestContext.Current.CancellationToken))
        {
            seen.Add(progress);
            if (progress.WaitingFor.Count == 1 && progress.Status == RunStatus.Running && seen.Count(one => one.WaitingFor.Count == 1) == 1)
            {
                progress.Summary.ShouldContain("waits for an approval");
                progress.WaitingFor[0].Until!.Value.ShouldBe(progress.WaitingFor[0].Since!.Value.AddMinutes(10));
                (await _place.RunAsync("approve", run, "--why", "fine")).Code.ShouldBe(0);
            }
        }

        seen.ShouldContain(progress => progress.WaitingFor.Count == 1);
        seen[^1].Status.ShouldBe(RunStatus.Completed);
        seen[^1].StepsCommitted.ShouldBe(seen[^1].StepsPlanned);
        (await running).Code.ShouldBe(0);
        var followed = await following;
        followed.Code.ShouldBe(0, followed.Error);
        var lines = followed.JsonLines;
        var seqs = lines.SkipLast(1).Select(line => line.GetProperty("seq").GetInt64()).ToList();
        seqs.ShouldBe(seqs.Order());
        lines[^2].GetProperty("status").GetString().ShouldBe("Completed");
        lines[^1].GetProperty("verdict").GetString().ShouldBe("Passed");
    }

    [Fact]
    public async Task Followed_as_text_a_run_shows_its_step_and_what_it_waits_for()
    {
        var run = (await _place.RunAsync("run", WriteFlag("deadline: 1s"), "--output", "json")).Json.GetProperty("runId").GetString()!;

        var text = await _place.RunAsync("status", run, "--follow");

        text.Code.ShouldBe(3, text.Error);
        text.Out.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d  Held         ");
        text.Out.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d  Inconclusive approval: clean up blue: ");
        text.Out.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d  waits        for a person to approve .*clean up blue");
        text.Out.ShouldContain("Verdict  Inconclusive");
    }

    [Fact]
    public async Task Following_needs_a_run_and_one_that_has_ended_is_shown_and_left()
    {
        (await _place.RunAsync("status", "--follow")).Code.ShouldBe(2);
        var run = (await _place.RunAsync("run", WriteFlag(null), "--output", "json")).Json.GetProperty("runId").GetString()!;

        var followed = await _place.RunAsync("status", run, "--follow", "--output", "json");

        followed.Code.ShouldBe(0);
        followed.Json.GetProperty("status").GetString().ShouldBe("Completed");
    }

    [Fact]
    public async Task A_message_by_hand_goes_to_those_who_are_named_or_listen()
    {
        var spec = WriteFlag(null);
        _place.Write("hook", "http://127.0.0.1:9/T0PSECRET");

        var sent = await _place.RunAsync("notify", spec, "--name", "file", "--message", "a test before tonight", "--output", "json");
        sent.Code.ShouldBe(0, sent.Error);
        File.ReadAllText(_place["told"]).ShouldBe("||a test before tonight\n");
        sent.Json.GetProperty("notifications").EnumerateArray().Single().GetProperty("kind").GetString().ShouldBe("command");

        var all = await _place.RunAsync("notify", spec, "--message", "x", "--event", "gate");
        all.Code.ShouldBe(3);
        all.Out.ShouldContain("${file:hook}");
        all.Out.ShouldNotContain("T0PSECRET");

        (await _place.RunAsync("notify", spec, "--name", "fil", "--message", "x")).Error.ShouldContain("did you mean 'file'?");
        (await _place.RunAsync("notify", spec, "--event", "stat", "--message", "x")).Error.ShouldContain("did you mean 'start'?");
    }

    [Fact]
    public async Task A_router_is_shown_and_set_and_read_back()
    {
        var spec = WriteRouter();

        (await _place.RunAsync("traffic", "show", spec, "--output", "json")).Json.GetProperty("lanes")[0].GetProperty("targetPercent").GetDecimal().ShouldBe(0);
        var set = await _place.RunAsync("traffic", "set", spec, "--percent", "12.5", "--output", "json");
        set.Code.ShouldBe(0, set.Error);
        set.Json.GetProperty("before").GetDecimal().ShouldBe(0);
        set.Json.GetProperty("targetPercent").GetDecimal().ShouldBe(12.5m);
        File.ReadAllText(_place["share"]).Trim().ShouldBe("12.5");

        var shown = await _place.RunAsync("traffic", "show", spec, "--system", "front");
        shown.Out.ShouldContain("12.5 %");
        (await _place.RunAsync("traffic", "set", spec, "--percent", "101")).Code.ShouldBe(2);
        (await _place.RunAsync("traffic", "show", spec, "--system", "frnt")).Error.ShouldContain("did you mean 'front'?");
        (await _place.RunAsync("traffic", "show", spec, "--router", "haproxy")).Code.ShouldBe(2);
        (await _place.RunAsync("traffic")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_router_that_is_not_there_is_an_error_and_nothing_verified()
    {
        var shown = await _place.RunAsync("traffic", "show", "--router", "haproxy", "--endpoint", $"unix:{_place["none.sock"]}", "--backend", "shop", "--source", "blue", "--target", "green", "--output", "json");

        shown.Code.ShouldBe(3);
        shown.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("TrafficError");
    }

    [Fact]
    public async Task A_phase_that_failed_is_told_with_the_exact_next_commands_and_the_last_phase_alone_goes_back()
    {
        var spec = WritePhases("automatic");
        _place.Write("broken", "");

        var held = await _place.RunAsync("run", spec, "--output", "json");
        held.Code.ShouldBe(1, held.Error);
        var run = held.Json.GetProperty("runId").GetString()!;
        held.Json.GetProperty("status").GetString().ShouldBe("Held");
        Phases(held).ShouldBe("one Committed, two Undone, three Pending");
        var text = await _place.RunAsync("status", run);
        text.Out.ShouldContain("Phases   one committed, two undone, three not begun");
        text.Out.ShouldMatch($@"resume {run} .*begins two anew");
        text.Out.ShouldMatch($@"rollback {run} .*takes back all that stands");
        text.Out.ShouldNotContain("--phase");

        File.Delete(_place["broken"]);
        (await _place.RunAsync("resume", run)).Code.ShouldBe(0);
        (await _place.RunAsync("status", run)).Out.ShouldMatch($@"rollback {run} --phase three.*takes back three alone");

        var back = await _place.RunAsync("rollback", run, "--yes", "--phase", "two", "--output", "json");
        back.Code.ShouldBe(0, back.Error);
        Phases(back).ShouldBe("one Committed, two Undone, three Undone");
        File.ReadAllText(_place["two"]).ShouldBe("off\n");
        File.ReadAllText(_place["one"]).ShouldBe("on\n");
        (await _place.RunAsync("status", run)).Code.ShouldBe(3, "it is not complete");
        (await _place.RunAsync("journal", run, "--output", "json")).Out.ShouldContain("\"phase\": \"two\"");

        (await _place.RunAsync("rollback", run, "--yes", "--phase", "tow")).Error.ShouldContain("Its phases are, in order: one, two, three");
        (await _place.RunAsync("rollback", run, "--yes")).Code.ShouldBe(0);
        File.ReadAllText(_place["one"]).ShouldBe("off\n");
    }

    [Fact]
    public async Task A_phase_whose_undoing_breaks_is_told_with_the_command_that_goes_on()
    {
        var spec = WritePhases("automatic");
        _place.Write("broken", "");
        _place.Write("stuck", "");

        var broken = await _place.RunAsync("run", spec, "--output", "json");
        var run = broken.Json.GetProperty("runId").GetString()!;

        broken.Json.GetProperty("status").GetString().ShouldBe("RollbackIncomplete", broken.Error);
        (await _place.RunAsync("status", run)).Out.ShouldMatch($@"rollback {run} --phase two .*goes on with the rollback; the phases before it stay");
        var resumed = await _place.RunAsync("resume", run);
        resumed.Code.ShouldBe(2);
        resumed.Error.ShouldContain($"go on with rollback {run} --phase two");

        File.Delete(_place["stuck"]);
        File.Delete(_place["broken"]);
        (await _place.RunAsync("rollback", run, "--yes", "--phase", "two")).Code.ShouldBe(0);
        (await _place.RunAsync("resume", run)).Code.ShouldBe(0);
    }

    private static string Phases(Outcome outcome) => string.Join(", ", outcome.Json.GetProperty("phases").EnumerateArray().Select(phase => $"{phase.GetProperty("name").GetString()} {phase.GetProperty("status").GetString()}"));

    /// <summary>Three flags, a phase each; the second can't be set while there is a file 'broken', and not taken back while there is a file 'stuck'.</summary>
    private string WritePhases(string mode) => _place.Write("migration.yaml", $$"""
        id: phased
        strategy: Phased
        systems:
        {{string.Join('\n', new[] { "one", "two", "three" }.Select(name => $"  {name}: {{ kind: command, do: [sh, -c, 'if [ {name} = two ] && [ -e broken ]; then echo half > two; else echo on > {name}; fi'], undo: [sh, -c, 'if [ {name} = two ] && [ -e stuck ]; then exit 7; fi; echo off > {name}'], look: [sh, -c, 'cat {name} 2>/dev/null || echo off'], done: 'on', undone: 'off' }}"))}}
        phases:
          - { name: one, systems: [one], strategy: BigBang }
          - { name: two, systems: [two], strategy: BigBang }
          - { name: three, systems: [three], strategy: BigBang }
        rollback: { mode: {{mode}} }
        """);

    private string WriteFlag(string? approval) => _place.Write("migration.yaml", $$"""
        id: flag
        name: The flag goes up
        strategy: BlueGreen
        systems:
          flag: { kind: command, do: [sh, -c, 'echo on > flag'], undo: [sh, -c, 'echo off > flag'], look: [sh, -c, 'cat flag 2>/dev/null || echo off'], done: 'on', undone: 'off' }
        {{(approval is null ? "" : $"rollout: {{ approval: {{ {approval} }} }}")}}
        notify:
          file: { command: [sh, -c, 'echo "$MIGRATIONTOOLS_EVENT|$MIGRATIONTOOLS_VERDICT|$MIGRATIONTOOLS_MESSAGE" >> told'], on: [start, hold, end] }
          team: { webhook: '${file:hook}' }
        """);

    private string WriteRouter()
    {
        _place.Write("share", "0");
        return _place.Write("migration.yaml", """
            id: shop
            name: The shop moves
            strategy: BigBang
            systems:
              front: { kind: traffic, router: command, endpoint: 'command:front', source: blue, target: green, get: [cat, share], set: [sh, -c, 'echo {percent} > share'] }
            """);
    }

    private async Task<string> FirstRunAsync()
    {
        string? run = null;
        await UntilAsync(() => Task.FromResult((run = Directory.Exists(_place.Runs) ? Directory.GetDirectories(_place.Runs).FirstOrDefault(found => File.Exists(Path.Combine(found, "journal.jsonl"))) : null) is not null));
        return Path.GetFileName(run!);
    }

    // Asked again until it is so; the test's own limit ends what never is.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }
}
