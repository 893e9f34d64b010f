using System.Diagnostics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting.Telemetry;
using MigrationTools.Hosting.Tests.Rollouts;

namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>The file for node_exporter's textfile collector.</summary>
public sealed class MetricsFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_each_entry_of_the_journal_the_file_is_whole_and_says_what_the_journal_says()
    {
        using var bench = new Workbench();
        var file = bench.PathOf("shop.prom");
        var reader = new ReadingWatcher(file);
        var host = new MigrationHost(new HostOptions { RunsDirectory = bench.RunsDirectory, MetricsFile = file, WrapStore = store => new WatchedRunStore(store, reader) });

        var state = await host.RunAsync(bench.Small(), new RunOptions(), SilentObserver.Instance, Token);

        reader.Seen.Count.ShouldBeGreaterThan(3 * state.Steps.Count);
        var last = reader.Seen[^1];
        last.Types["migrationtools_rows_copied_total"].ShouldBe("counter");
        last.Types["migrationtools_step_duration_seconds"].ShouldBe("gauge");
        last.Value("migrationtools_rows_copied_total", ("run", state.RunId), ("system", "db")).ShouldBe(123);
        last.Value("migrationtools_run_status", ("status", "Completed"), ("verdict", "Passed")).ShouldBe(1);
        last.Value("migrationtools_run_status", ("status", "Running")).ShouldBe(0);
        reader.Seen[0].Value("migrationtools_run_status", ("status", "Running")).ShouldBe(1);
        reader.Seen.Select(text => text.Value("migrationtools_run_steps", ("status", "Committed"))).ShouldBe(reader.Seen.Select(text => text.Value("migrationtools_run_steps", ("status", "Committed"))).Order());
        Directory.GetFiles(bench.Directory, "shop.prom*").ShouldBe([file]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_one_warning_and_the_run_goes_on()
    {
        using var bench = new Workbench();
        var host = new MigrationHost(new HostOptions { RunsDirectory = bench.RunsDirectory, MetricsFile = bench.PathOf("nowhere/shop.prom") });

        var state = await host.RunAsync(bench.Small(), new RunOptions(), SilentObserver.Instance, Token);

        state.Status.ShouldBe(RunStatus.Completed);
        var log = await File.ReadAllLinesAsync(Path.Combine(state.Directory, "log.jsonl"), Token);
        log.Where(line => line.Contains("the metrics file was not written", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_command_line_writes_the_file_that_it_is_told_of_and_resumed_runs_count_on()
    {
        using var bench = new Workbench();
        bench.Small();
        using (var run = CommandLine.Start(bench, "run", "migration.yaml", "--yes", "--metrics-file", "shop.prom", "--max-runtime", "0.001s"))
        {
            await run.EndAsync();
        }

        Read(bench.PathOf("shop.prom")).Value("migrationtools_run_status", ("status", "Interrupted")).ShouldBe(1);
        using (var resume = CommandLine.Start(bench, new Dictionary<string, string?> { [TelemetrySettings.MetricsFileVariable] = bench.PathOf("shop.prom") }, "resume", await bench.RunIdAsync(), "--yes"))
        {
            (await resume.EndAsync()).ExitCode.ShouldBe(0);
        }

        var text = Read(bench.PathOf("shop.prom"));
        text.Value("migrationtools_run_status", ("status", "Completed")).ShouldBe(1);
        text.Value("migrationtools_rows_copied_total").ShouldBe(123);
    }

    [Fact]
    public async Task A_canary_shows_its_shares_and_its_gates_figures_beside_their_limits()
    {
        await using var shop = await ShopFront.StartAsync();
        var file = shop.Bench.PathOf("canary.prom");
        var host = new MigrationHost(new HostOptions { RunsDirectory = shop.Bench.RunsDirectory, MetricsFile = file });
        const string Gate = "{ conditions: ['p95 < 10s', 'error_rate <= 1%', 'canary.p95 <= baseline.p95 * 1000'], interval: 400ms, count: 2, minSamples: 4, inconclusiveLimit: 5, deadline: 60s }";
        var spec = shop.Spec("Canary", $"weights: [10, 100], gate: {Gate}");

        var state = await host.RunAsync(spec, new RunOptions(), SilentObserver.Instance, Token);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        var text = Read(file);
        text.Value("migrationtools_traffic_share_ratio", ("system", "front")).ShouldBe(1);
        var stages = text.Samples.Where(sample => sample.Name == "migrationtools_gate_figure").Select(sample => sample.Labels["stage"]).Distinct().ToList();
        stages.Count.ShouldBe(2);
        foreach (var stage in stages)
        {
            double Limit(string condition) => text.Value("migrationtools_gate_limit", ("stage", stage), ("condition", condition));
            Limit("p95 < 10s").ShouldBe(10_000);
            Limit("error_rate <= 1%").ShouldBe(0.01);
            var baseline = text.Value("migrationtools_gate_figure", ("stage", stage), ("side", "baseline"), ("figure", "p95"));
            Limit("canary.p95 <= baseline.p95 * 1000").ShouldBe(baseline * 1000, tolerance: 0.001);
            text.Value("migrationtools_gate_figure", ("stage", stage), ("side", "canary"), ("figure", "p95")).ShouldBeInRange(0, 10_000);
            text.Value("migrationtools_gate_condition", ("stage", stage), ("condition", "p95 < 10s")).ShouldBe(1);
            text.Value("migrationtools_gate_measurements", ("stage", stage), ("verdict", "Passed")).ShouldBe(2);
        }

        await host.RollbackAsync(state.RunId, "the test wants it", new RunOptions(), SilentObserver.Instance, Token);

        Read(file).Value("migrationtools_traffic_share_ratio", ("system", "front")).ShouldBe(0);
    }

    [Fact]
    public async Task Promtool_finds_nothing_to_say_of_the_file()
    {
        if (!File.Exists("/usr/bin/promtool"))
        {
            Assert.Skip("promtool is not on this machine: apt-get install prometheus");
        }

        using var bench = new Workbench();
        var file = bench.PathOf("shop.prom");
        var host = new MigrationHost(new HostOptions { RunsDirectory = bench.RunsDirectory, MetricsFile = file });
        await host.RunAsync(bench.Small(), new RunOptions(), SilentObserver.Instance, Token);

        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await promtool.StandardInput.WriteAsync(await File.ReadAllTextAsync(file, Token));
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync(Token) + await promtool.StandardError.ReadToEndAsync(Token);
        await promtool.WaitForExitAsync(Token);

        said.ShouldBeEmpty();
        promtool.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Whatever_a_label_holds_comes_back_as_it_was()
    {
        const string Odd = "a \\ back\\nslash, a \"quote\"\nand a line, ü🚚 {x=\"1\"}";
        var points = new MetricPoints("run", Odd);
        points.Set(MetricFamilies.GateFigure, double.PositiveInfinity, ("figure", Odd));
        points.Set(MetricFamilies.RunWaiting, 1e-7);

        var text = ExpositionText.Parse(PrometheusText.Write(points.All));

        text.Samples.Count.ShouldBe(2);
        text.Samples.ShouldAllBe(sample => sample.Labels["spec"] == Odd);
        text.Samples[0].Labels["figure"].ShouldBe(Odd);
        text.Samples[0].Value.ShouldBe(double.PositiveInfinity);
        text.Samples[1].Value.ShouldBe(1e-7);
    }

    private static ExpositionText Read(string file) => ExpositionText.Parse(File.ReadAllText(file));

    /// <summary>Reads the file whenever the journal has grown, as a collector might.</summary>
    private sealed class ReadingWatcher(string file) : IRunWatcher
    {
        public List<ExpositionText> Seen { get; } = [];

        public ValueTask TakenAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AppendedAsync(RunHandle run, JournalEntry entry)
        {
            Seen.Add(Read(file));
            return ValueTask.CompletedTask;
        }

        public ValueTask ReleasingAsync(RunHandle run) => ValueTask.CompletedTask;
    }
}
