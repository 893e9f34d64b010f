using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests;

public sealed class CancellationTests : IDisposable
{
    private readonly Workplace _place = new();

    public CancellationTests() => _place.MakeShop("old.db");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Ctrl_C_cancels_what_is_under_way_and_ends_with_130()
    {
        using var server = new SilentServer();
        using var interruption = new Interruption();
        var spec = _place.WriteSpec($"  api: {{ kind: http, source: '{server.Address}', target: '{server.Address}', health: / }}");
        var running = _place.RunAsync(new Setting { Interruption = interruption }, "readiness", spec, "-o", "json");

        await server.FirstCall;
        interruption.Signal();
        var result = await running;

        result.Code.ShouldBe(130);
        result.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("Cancelled");
        result.Error.ShouldContain("Cancelling: waiting");
    }

    [Fact]
    public async Task A_second_Ctrl_C_says_what_is_waited_for()
    {
        using var server = new SilentServer();
        using var interruption = new Interruption();
        var spec = _place.WriteSpec($"  api: {{ kind: http, source: '{server.Address}', target: '{server.Address}', health: / }}");
        var said = "";
        // Pressed again while the first is being answered: the operation can't have ended in between.
        var again = new Setting
        {
            Interruption = interruption,
            OnErrorText = text =>
            {
                said += text;
                if (text.Contains("Cancelling: waiting", StringComparison.Ordinal))
                {
                    interruption.Signal();
                }
            },
        };
        var running = _place.RunAsync(again, "readiness", spec);

        await server.FirstCall;
        interruption.Signal();

        (await running).Code.ShouldBe(130);
        said.ShouldContain("Waiting for: readiness (");
    }

    [Fact]
    public async Task A_run_that_is_cancelled_says_where_it_stands_and_can_be_resumed()
    {
        using var interruption = new Interruption();
        var setting = new Setting
        {
            Interruption = interruption,
            OnErrorText = text =>
            {
                if (text.Contains("begins       05-database.copy", StringComparison.Ordinal))
                {
                    interruption.Signal();
                }
            },
        };

        var cut = await _place.RunAsync(setting, "run", _place.WriteSpec(), "-o", "json");

        cut.Code.ShouldBe(130);
        cut.Json.GetProperty("status").GetString().ShouldBe("Interrupted");
        cut.Json.GetProperty("verdict").GetString().ShouldBe("Inconclusive");
        var run = cut.Json.GetProperty("runId").GetString()!;
        (await _place.RunAsync("status", run)).Code.ShouldBe(3);

        var resumed = await _place.RunAsync("resume", run, "-o", "json");
        resumed.Code.ShouldBe(0, resumed.Error);
        _place.Read("new.db", "select count(*) from customers").ShouldBe(4L);
        _place.Read("new.db", "select count(*) from visits").ShouldBe(3L);
    }
}
