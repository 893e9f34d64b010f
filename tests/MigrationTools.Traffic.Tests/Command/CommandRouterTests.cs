using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.Command;

namespace MigrationTools.Traffic.Tests.Command;

public sealed class CommandRouterTests : IDisposable
{
    private readonly string _directory = RouterProcess.MakeDirectory();

    public CommandRouterTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the programs of these tests are of Unix");
        }
    }

    [Fact]
    public async Task A_share_is_set_by_one_program_and_believed_from_the_other()
    {
        await using var router = Open(["/bin/sh", "-c", "cat share"], ["/bin/sh", "-c", "echo \"$1 %\" > share; echo \"$2 $3 $4 $MIGRATIONTOOLS_ROUTER\" > told", "set", "{percent}", "{lane}", "{source}>{target}", "x"]);

        (await router.SetShareAsync(Lane, 12.5m, default)).TargetPercent.ShouldBe(12.5m);

        (await router.ReadAsync(Lane, default)).TargetPercent.ShouldBe(12.5m);
        (await File.ReadAllTextAsync(Path.Combine(_directory, "told"), TestContext.Current.CancellationToken)).Trim().ShouldBe("front blue>green x http://router:1");
    }

    [Fact]
    public async Task What_a_shell_would_obey_stays_within_its_argument()
    {
        await using var router = Open(["/bin/cat", "share"], ["/bin/sh", "-c", "printf 50 > share; printf %s \"$1\" > told", "set", "{source}"]);

        await router.SetShareAsync(Lane with { Source = "$(touch bad); `touch bad`" }, 50, default);

        (await File.ReadAllTextAsync(Path.Combine(_directory, "told"), TestContext.Current.CancellationToken)).ShouldBe("$(touch bad); `touch bad`");
        File.Exists(Path.Combine(_directory, "bad")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_ends_well_and_sets_nothing_is_found_out()
    {
        await using var router = Open(["/bin/echo", "0"], ["/bin/true"]);

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(Lane, 25, default))).Message.ShouldContain("says 0 % instead of 25 %");
    }

    [Theory]
    [InlineData("echo all of it", "printed 'all of it'")]
    [InlineData("echo 101", "printed '101'")]
    [InlineData("echo -1", "printed '-1'")]
    [InlineData("true", "printed ''")]
    [InlineData("echo broken >&2; exit 7", "ended with 7 and said: broken")]
    public async Task A_get_that_tells_no_share_is_told(string script, string message)
    {
        await using var router = Open(["/bin/sh", "-c", script], ["/bin/true"]);

        (await Should.ThrowAsync<TrafficException>(() => router.ReadAsync(Lane, default))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        await using var router = Open(["/bin/sleep", "600"], ["/bin/true"], TimeSpan.FromMilliseconds(200));

        (await Should.ThrowAsync<TrafficException>(() => router.ReadAsync(Lane, default))).Message.ShouldContain("did not end within 0.2 s and was ended");
    }

    [Fact]
    public void Without_its_two_programs_it_is_refused() =>
        Should.Throw<TrafficException>(() => Open([], ["/bin/true"])).Message.ShouldContain("needs the keys 'get' and 'set'");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static TrafficLane Lane => new("front", "blue", "green");

    private ITrafficRouter Open(string[] get, string[] set, TimeSpan? timeout = null) => new CommandRouterProvider(TimeProvider.System).Open(
        new TrafficSystemSpec
        {
            Name = "front",
            Router = "command",
            Endpoint = Endpoint.Parse("http://router:1", _directory),
            Source = "blue",
            Target = "green",
            Programs = new RouterProgramsSpec { Get = get, Set = set, Timeout = timeout ?? TimeSpan.FromSeconds(30) },
        },
        _directory);
}
