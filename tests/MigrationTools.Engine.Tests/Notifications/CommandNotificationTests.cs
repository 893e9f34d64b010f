using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Notifications;

public sealed class CommandNotificationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_program_finds_the_event_in_variables_as_it_is()
    {
        var result = await SendAsync("printf '%s|' \"$MIGRATIONTOOLS_EVENT\" \"$MIGRATIONTOOLS_RUN\" \"$MIGRATIONTOOLS_SPEC\" \"$MIGRATIONTOOLS_STATUS\" \"$MIGRATIONTOOLS_VERDICT\" \"$MIGRATIONTOOLS_STEP\" \"$MIGRATIONTOOLS_MESSAGE\" > told");

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        File.ReadAllText(_directory.File("told")).ShouldBe($"Gate|shop-20250301-101500-a1b2|shop|Running|Failed|07-watch|{Telling.Message.Message}|");
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_its_exit_code_and_words()
    {
        var result = await SendAsync("echo 'no network' >&2; exit 7");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("exit code 7: no network");
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        var result = await SendAsync("sleep 600", TimeSpan.FromMilliseconds(300));

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("did not end within 0.3 s");
    }

    private Task<NotificationResult> SendAsync(string script, TimeSpan? timeout = null) => Telling.Sender().TrySendAsync(
        new CommandNotificationSpec { Name = "pager", Command = ["sh", "-c", script], Timeout = timeout ?? TimeSpan.FromSeconds(30) }, Telling.Message, _directory.Path, Telling.Token);
}
