using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.LoadTests;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

public sealed class LoadTestMetricSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("migrationtools-").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("""{"metrics":{"http_reqs":{"count":200,"rate":20.5},"http_req_failed":{"passes":10,"fails":190,"value":0.05},"http_req_duration":{"avg":9,"med":9,"p(95)":9},"http_req_duration{expected_response:true}":{"avg":50.5,"min":1,"med":40,"max":900,"p(90)":80,"p(95)":95.5}}}""")]
    [InlineData("""{"metrics":{"http_reqs":{"type":"counter","contains":"default","values":{"count":200,"rate":20.5}},"http_req_failed":{"type":"rate","values":{"rate":0.05,"passes":10,"fails":190}},"http_req_duration{expected_response:true}":{"type":"trend","values":{"avg":50.5,"med":40,"p(95)":95.5}}}}""")]
    public async Task Both_summaries_of_k6_are_read(string summary)
    {
        var window = await MeasureAsync(LoadTestFormat.K6, summary);

        (window.Samples, window.Errors).ShouldBe((200, 10));
        window.Figures[MetricFigures.ErrorRate].ShouldBe(0.05);
        window.Figures[MetricFigures.P95].ShouldBe(95.5);
        window.Figures[MetricFigures.P50].ShouldBe(40);
        window.Figures[MetricFigures.Rate].ShouldBe(20.5);
        window.Figures.Keys.ShouldNotContain(MetricFigures.P99);
    }

    [Fact]
    public async Task Times_of_failed_requests_are_not_taken_for_answer_times()
    {
        var window = await MeasureAsync(LoadTestFormat.K6, """{"metrics":{"http_reqs":{"count":200},"http_req_failed":{"passes":200,"value":1},"http_req_duration":{"avg":1,"p(95)":1}}}""");

        window.Figures[MetricFigures.ErrorRate].ShouldBe(1);
        window.Figures.Keys.ShouldNotContain(MetricFigures.P95);
    }

    [Theory]
    [InlineData("""{"metrics":{"http_reqs":{"count":0}}}""", "made no requests")]
    [InlineData("""{"metrics":{}}""", "made no requests")]
    [InlineData("""{"metrics":{"http_reqs":{"count":5}}}""", "does not say how many requests failed")]
    public async Task A_summary_without_requests_has_no_samples(string summary, string why)
    {
        var window = await MeasureAsync(LoadTestFormat.K6, summary);

        (window.Samples, window.Figures.Count).ShouldBe((0, 0));
        window.Missing!.ShouldContain(why);
    }

    [Fact]
    public async Task JMeters_lines_of_the_window_count_and_no_others()
    {
        var now = _time.Start.ToUnixTimeMilliseconds();
        var window = await MeasureAsync(LoadTestFormat.JMeter, $""""
            timeStamp,elapsed,label,responseCode,responseMessage,success
            {now - 5000},1,orders,200,OK,true
            {now + 100},20,orders,200,OK,true
            {now + 200},30,"a, ""b""",200,OK,true
            {now + 300},40,orders,500,"two
            lines",false
            {now + 400},5
            """");

        (window.Samples, window.Errors).ShouldBe((3, 1));
        window.Latencies.ShouldBe([20, 30]);
        window.FirstErrorAt.ShouldBe(_time.Start.AddMilliseconds(340));
    }

    [Theory]
    [InlineData("</testResults>")]
    [InlineData("<httpSample t=\"9\"")]
    public async Task JMeters_xml_is_read_also_while_it_is_written(string end)
    {
        var now = _time.Start.ToUnixTimeMilliseconds();
        var window = await MeasureAsync(LoadTestFormat.JMeter, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <testResults version="1.2">
            <httpSample t="20" ts="{now + 1}" s="true" lb="orders" rc="200"><httpSample t="10" ts="{now + 1}" s="true" lb="sub" rc="200"/></httpSample>
            <sample t="30" ts="{now + 2}" s="false" lb="orders" rc="500"/>
            {end}
            """);

        (window.Samples, window.Errors).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData(-60, null, 0)]
    [InlineData(-60, 120, 200)]
    [InlineData(-180, 120, 0)]
    [InlineData(5, null, 200)]
    public async Task A_file_that_is_older_than_the_window_does_not_count_unless_the_spec_lets_it(int writtenAt, int? maxAge, long samples)
    {
        var window = await MeasureAsync(
            LoadTestFormat.K6, """{"metrics":{"http_reqs":{"count":200},"http_req_failed":{"passes":0,"value":0}}}""", TimeSpan.FromSeconds(writtenAt), maxAge is { } age ? TimeSpan.FromSeconds(age) : null);

        window.Samples.ShouldBe(samples);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_no_data_and_one_that_is_nonsense_is_an_error()
    {
        (await MeasureAsync(LoadTestFormat.K6, null)).Missing.ShouldBe("the file is not there");
        await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(LoadTestFormat.K6, "{"));
        await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(LoadTestFormat.JMeter, "a,b\n1,2\n"));
    }

    /// <summary>Hours on or back, in the middle of a window: nothing old passes for fresh, and what is fresh counts again in the next window that can be told.</summary>
    [Theory]
    [InlineData(LoadTestFormat.K6)]
    [InlineData(LoadTestFormat.JMeter)]
    public async Task After_the_clock_was_set_back_results_of_before_do_not_pass_for_fresh_ones(LoadTestFormat format)
    {
        await using var probe = Open(format, TimeSpan.FromMinutes(10));
        (await LookAsync(probe, format, written: _time.GetUtcNow())).Samples.ShouldBe(1);

        // Written two hours and some ago: by the clock that was set back, it is as of now.
        var old = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(2));
        var window = await LookAsync(probe, format, old, set: TimeSpan.FromHours(-2));
        (window.Samples, window.Figures.Count).ShouldBe((0, 0));
        window.Missing!.ShouldContain("the clock of this machine was set");
        window.To.ShouldBeGreaterThanOrEqualTo(window.From);

        (await LookAsync(probe, format, old)).Samples.ShouldBe(0);
    }

    [Theory]
    [InlineData(LoadTestFormat.K6)]
    [InlineData(LoadTestFormat.JMeter)]
    public async Task After_the_clock_was_set_on_and_back_again_fresh_results_count_in_the_next_window(LoadTestFormat format)
    {
        await using var probe = Open(format, maxAge: null);
        (await LookAsync(probe, format, written: null, set: TimeSpan.FromHours(2))).Samples.ShouldBe(0);

        (await LookAsync(probe, format, written: null)).Samples.ShouldBe(1);

        (await LookAsync(probe, format, written: null, set: TimeSpan.FromHours(-2))).Samples.ShouldBe(0);
        (await LookAsync(probe, format, written: null)).Samples.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_of_the_future_has_no_age()
    {
        var window = await MeasureAsync(LoadTestFormat.K6, """{"metrics":{"http_reqs":{"count":200},"http_req_failed":{"passes":0,"value":0}}}""", TimeSpan.FromHours(1));

        window.Samples.ShouldBe(0);
        window.Missing!.ShouldContain("the clocks do not agree");
    }

    private IMetricProbe Open(LoadTestFormat format, TimeSpan? maxAge) =>
        new LoadTestMetricSource(_time).Open(new LoadTestMetricSpec(format, Path.Combine(_directory, "results-{side}")) { Name = "m", MaxAge = maxAge }, Sample.Spec());

    /// <summary>A window in whose middle the clock is set, and then a file is written: by the clock, or with the time that is given.</summary>
    private async Task<MetricWindow> LookAsync(IMetricProbe probe, LoadTestFormat format, DateTimeOffset? written, TimeSpan set = default)
    {
        var measuring = probe.MeasureAsync(EndpointSide.Target, TimeSpan.FromSeconds(10), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        _time.Set(set);
        var at = written ?? _time.GetUtcNow();
        var file = Path.Combine(_directory, "results-target");
        await File.WriteAllTextAsync(file, format == LoadTestFormat.K6
            ? """{"metrics":{"http_reqs":{"count":1},"http_req_failed":{"passes":0,"value":0}}}"""
            : $"timeStamp,elapsed,label,success\n{at.ToUnixTimeMilliseconds()},1,orders,true\n");
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
        _time.Advance(TimeSpan.FromSeconds(5));
        return await measuring;
    }

    private async Task<MetricWindow> MeasureAsync(LoadTestFormat format, string? content, TimeSpan? written = null, TimeSpan? maxAge = null)
    {
        var file = Path.Combine(_directory, "results-target");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
            File.SetLastWriteTimeUtc(file, (_time.GetUtcNow() + (written ?? TimeSpan.FromSeconds(5))).UtcDateTime);
        }

        var metric = new LoadTestMetricSpec(format, Path.Combine(_directory, "results-{side}")) { Name = "m", MaxAge = maxAge };
        await using var probe = new LoadTestMetricSource(_time).Open(metric, Sample.Spec());
        var measuring = probe.MeasureAsync(EndpointSide.Target, TimeSpan.FromSeconds(10), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(10));
        return await measuring;
    }
}
