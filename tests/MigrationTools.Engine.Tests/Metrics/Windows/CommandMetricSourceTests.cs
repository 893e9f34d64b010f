using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Command;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>Real programs that print figures.</summary>
public sealed class CommandMetricSourceTests
{
    [Fact]
    public async Task It_is_told_the_side_and_the_window_and_its_number_is_the_figure()
    {
        var window = await MeasureAsync("[ \"$MIGRATIONTOOLS_SIDE\" = source ] && echo 12.5 || echo 99; echo \"$MIGRATIONTOOLS_WINDOW\" is no number of ours", EndpointSide.Source);

        window.Figures.ShouldBe(new Dictionary<string, double> { ["value"] = 12.5 });
        window.Samples.ShouldBe(1);
        window.Side.ShouldBe(EndpointSide.Source);
        window.Evidence.Observed!.ShouldContain("0.01 is no number of ours");
    }

    [Fact]
    public async Task Lines_of_names_and_numbers_are_figures_and_requests_say_how_many_samples_there_were()
    {
        var window = await MeasureAsync("printf 'p95 120\\nerror_rate 0.01\\nrequests 250\\nnot_asked_for 7\\n'", names: ["p95", "error_rate", "requests"]);

        window.Figures.ShouldBe(new Dictionary<string, double> { ["p95"] = 120, ["error_rate"] = 0.01, ["requests"] = 250 }, ignoreOrder: true);
        window.Samples.ShouldBe(250);
        window.CountsRequests.ShouldBeTrue();
        window.Missing.ShouldBeNull();
    }

    [Theory]
    [InlineData("true", "the program printed nothing")]
    [InlineData("echo many", "the program printed no number for value")]
    [InlineData("echo NaN", "the program printed no number for value")]
    [InlineData("echo Infinity", "the program printed no number for value")]
    [InlineData("echo 12,5", "the program printed no number for value")]
    public async Task What_is_no_number_is_no_figure_and_no_sample(string script, string why)
    {
        var window = await MeasureAsync(script);

        window.Figures.ShouldBeEmpty();
        window.Samples.ShouldBe(0);
        window.Missing.ShouldBe(why);
    }

    [Fact]
    public async Task No_requests_are_no_samples()
    {
        var window = await MeasureAsync("printf 'value 0\\nrequests 0\\n'", names: ["value", "requests"]);

        window.Samples.ShouldBe(0);
    }

    [Theory]
    [InlineData("echo 5; exit 3")]
    [InlineData("kill -9 $$")]
    public async Task A_program_that_fails_is_an_error_whatever_it_printed(string script) =>
        await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(script));

    [Fact]
    public async Task A_program_that_does_not_end_is_ended_and_is_an_error()
    {
        var thrown = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync("exec sleep 600", timeout: TimeSpan.FromMilliseconds(200)));

        thrown.Message.ShouldContain("0.2");
    }

    private static async Task<MetricWindow> MeasureAsync(string script, EndpointSide side = EndpointSide.Target, IReadOnlyList<string>? names = null, TimeSpan? timeout = null)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs /bin/sh");
        var metric = new CommandMetricSpec(["/bin/sh", "-c", script], timeout ?? TimeSpan.FromMinutes(5)) { Name = "m", Names = names ?? ["value"] };
        await using var probe = new CommandMetricSource(TimeProvider.System).Open(metric, Sample.Spec());
        return await probe.MeasureAsync(side, TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
    }
}
