using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Tests.Metrics;

/// <summary>Real programs; <c>dotnet</c> is the one that is on every machine that runs these tests, <c>sh</c> only where there is one.</summary>
public sealed class CommandMeasurementTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_value_is_the_trimmed_output()
    {
        var measured = await MeasureAsync(Plenty, "dotnet", "--version");

        Version.TryParse(measured.Value!.Split('-')[0], out _).ShouldBeTrue(measured.Value);
        measured.Value.ShouldBe(measured.Value.Trim());
        measured.Evidence.Source.ShouldBe("dotnet --version");
        measured.Evidence.Observed.ShouldBe(measured.Value);
    }

    [Fact]
    public async Task No_shell_reads_the_arguments()
    {
        Assert.SkipUnless(File.Exists("/bin/echo"), "needs /bin/echo");

        var measured = await MeasureAsync(Plenty, "/bin/echo", "$HOME; echo two", "*");

        measured.Value.ShouldBe("$HOME; echo two *");
    }

    [Fact]
    public async Task A_program_that_says_nothing_gives_no_value()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs /bin/sh");

        var measured = await MeasureAsync(Plenty, "/bin/sh", "-c", "echo; echo '  '");

        measured.Value.ShouldBeNull();
        measured.Evidence.Observed.ShouldBeNull();
    }

    [Fact]
    public async Task An_exit_code_other_than_zero_is_an_error_whatever_was_said()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs /bin/sh");

        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(Plenty, "/bin/sh", "-c", "echo 42; echo broken >&2; exit 3"));

        error.Message.ShouldContain("exit code 3");
        error.Message.ShouldContain("broken");
    }

    [Fact]
    public async Task A_secret_in_the_arguments_is_not_shown()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs /bin/sh");

        var error = await Should.ThrowAsync<MeasurementException>(() =>
            MeasureAsync(Plenty, "/bin/sh", "-c", "exit 1", "postgresql://ops:hidden@db/shop", "password=hidden"));

        error.Message.ShouldNotContain("hidden");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_error_by_name()
    {
        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(Plenty, "no-such-program-anywhere"));

        error.Message.ShouldContain("'no-such-program-anywhere' could not be started");
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended_after_the_time_limit()
    {
        Assert.SkipUnless(File.Exists("/bin/sleep"), "needs /bin/sleep");

        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(TimeSpan.FromMilliseconds(100), "/bin/sleep", "86400"));

        error.Message.ShouldContain("did not end within 0.1 s and was ended");
    }

    [Fact]
    public async Task The_children_of_an_ended_program_are_ended_too()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs /bin/sh");

        // The shell waits for a child that holds the output open: were only the shell ended, reading would go on for a day.
        await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(TimeSpan.FromMilliseconds(100), "/bin/sh", "-c", "sleep 86400; true"));
    }

    [Fact]
    public async Task A_program_that_writes_without_end_is_read_without_filling_the_memory()
    {
        Assert.SkipUnless(File.Exists("/bin/sh") && File.Exists("/usr/bin/head"), "needs sh and head");

        var measured = await MeasureAsync(Plenty, "/bin/sh", "-c", "head -c 50000000 /dev/zero | tr '\\0' x");

        measured.Value!.Length.ShouldBe(64 * 1024);
    }

    [Fact]
    public async Task Cancellation_ends_the_program_and_is_not_an_error()
    {
        Assert.SkipUnless(File.Exists("/bin/sleep"), "needs /bin/sleep");
        using var cancel = new CancellationTokenSource();

        var measuring = MeasureAsync(Plenty, cancel.Token, "/bin/sleep", "86400");
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => measuring);
    }

    [Fact]
    public async Task Without_a_program_it_is_an_error() =>
        await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(Plenty));

    private static Task<MeasuredValue> MeasureAsync(TimeSpan timeout, params string[] arguments) => MeasureAsync(timeout, default, arguments);

    private static Task<MeasuredValue> MeasureAsync(TimeSpan timeout, CancellationToken cancellationToken, params string[] arguments) =>
        new CommandMeasurement(TimeProvider.System).MeasureAsync(new CommandMeasureSpec(arguments, timeout), Sample.Spec(), cancellationToken);
}
