using MigrationTools.Cli.Terminal;
using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary>What <c>status</c> shows while a gate is watched, on a router and a metric that programs are.</summary>
public sealed class LiveStatusTests : IDisposable
{
    private readonly Workplace _place = new();

    public LiveStatusTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are a Unix shell's");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Status_shows_a_watched_gate_as_text_and_json_and_no_more_of_it_when_it_has_ended()
    {
        _place.Write("share", "0");
        var spec = _place.Write("migration.yaml", """
            id: canary
            strategy: Canary
            systems:
              front: { kind: traffic, router: command, endpoint: 'command:front', source: blue, target: green, get: [cat, share], set: [sh, -c, 'echo {percent} > share'] }
            metrics: { queue: { command: [sh, -c, 'cat queue'] } }
            rollout: { weights: [50, 100], gate: { conditions: ['queue.value < 100'], interval: 300ms, count: 2, inconclusiveLimit: 1000, consecutiveErrorLimit: 1000, minSamples: 1, deadline: 10m } }
            """);
        // Nothing is measured until the test says so: an empty answer says nothing, and it is measured again.
        _place.Write("queue", "");
        var running = _place.RunAsync("run", spec, "--output", "json");
        var run = await WatchedAsync(running, state => state.Watching is { MeasuredAt: not null });

        var text = await _place.RunAsync("status", run);
        text.Out.ShouldMatch(@"(?m)^Phase    watch$");
        text.Out.ShouldMatch(@"(?m)^Traffic  front 50 % to the new side$");
        text.Out.ShouldMatch(@"(?m)^Watches  canary at 50 %, since .* UTC; nothing is decided before its end$");
        text.Out.ShouldMatch(@"(?m)^Waits    for 2 of 2 measurements of 0\.3 s, each with 1 samples of a side; until .* UTC at the latest$");
        text.Out.ShouldMatch(@"(?m)^So far   0 held, 0 failed \(0 may\), \d+ inconclusive \(1000 may\), \d+ broke in a row \(1000 may\); last looked ");
        text.Out.ShouldMatch(@"(?m)^queue\.value < 100 +not known +queue\.value: .* - .* \d \(needs 1\)");
        var json = (await _place.RunAsync("status", run, "--output", "json")).Json;
        json.GetProperty("phase").GetString().ShouldBe("watch");
        json.GetProperty("shares")[0].GetProperty("targetPercent").GetDecimal().ShouldBe(50);
        var watching = json.GetProperty("watching");
        watching.GetProperty("stage").GetString().ShouldBe("canary at 50 %");
        watching.GetProperty("conditions")[0].GetProperty("answer").GetString().ShouldBe("Unknown");
        watching.TryGetProperty("verdict", out _).ShouldBeFalse();

        var following = _place.RunAsync("status", run, "--follow");
        _place.Write("queue", "42");
        var end = await running;
        end.Code.ShouldBe(0, end.Error);
        var followed = (await following).Out;
        followed.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d  watches      canary at 50 %: waits for 2 of 2 measurements");
        followed.ShouldMatch(@"(?m)^\d\d:\d\d:\d\d  measures     canary at 50 %: ");
        (await _place.RunAsync("status", run, "--output", "json")).Json.GetProperty("watching").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await _place.RunAsync("status", run)).Out.ShouldNotContain("Watches");
    }

    [Theory]
    [InlineData("one two three four five six", 20, "one two three four|five six")]
    [InlineData("short", 20, "short")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 20, "abcdefghijklmnopqrst|uvwxyz")]
    [InlineData("  indented as it was here", 20, "  indented as it was|here")]
    public void Text_is_wrapped_between_words_and_loses_nothing(string text, int width, string lines) => Printable.Wrap(text, width).ShouldBe(lines.Split('|'));

    private async Task<string> WatchedAsync(Task<Outcome> running, Func<RunState, bool> isThere)
    {
        var runs = new MigrationHost(new HostOptions { RunsDirectory = _place.Runs }).Runs;
        while (true)
        {
            foreach (var run in await runs.ListAsync(TestContext.Current.CancellationToken))
            {
                if (isThere(await runs.LookAsync(run, TestContext.Current.CancellationToken)))
                {
                    return run;
                }
            }

            running.IsCompleted.ShouldBeFalse(running.IsCompleted ? $"it ended before its gate was seen: {(await running).Error}" : null);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
