using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Hosting.Logging;
using MigrationTools.Hosting.Telemetry;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>What a collector is sent of a run, and that a run does not depend on the collector.</summary>
public sealed class OtlpTests(PostgresCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_and_its_rollback_are_one_trace_with_a_span_a_step_and_a_compensation()
    {
        await using var collector = new OtlpReceiver();
        using var bench = new Workbench(Told(collector.Address));

        var state = await bench.RunAsync(bench.Small());
        var undone = await bench.RollbackAsync();

        undone.Status.ShouldBe(RunStatus.RolledBack);
        var spans = collector.Spans;
        spans.Select(span => span.Trace).Distinct().ShouldHaveSingleItem();
        var runs = spans.Where(span => span.Name == "migration.run").ToList();
        runs.Count.ShouldBe(2);
        runs[0].Parent.ShouldBeEmpty();
        runs[1].Parent.ShouldBe(runs[0].Id);
        runs.ShouldAllBe(run => run.Attributes["migration.run.id"] == state.RunId && run.Attributes["migration.strategy"] == "BigBang");
        runs.Select(run => run.Attributes["migration.status"]).ShouldBe(["Completed", "RolledBack"]);
        runs.Select(run => run.Attributes["migration.run.resumed"]).ShouldBe(["false", "true"]);

        var steps = spans.Where(span => span.Name.StartsWith("step ", StringComparison.Ordinal)).ToList();
        steps.Select(span => span.Attributes["migration.step.id"]).ShouldBe(state.Steps.Select(step => step.Step.Id));
        steps.ShouldAllBe(span => span.Parent == runs[0].Id && span.Status == 1 && span.Attributes["migration.verdict"] == "Passed" && span.From <= span.To && span.From >= runs[0].From && span.To <= runs[0].To);
        var compare = steps.Single(span => span.Name == "step database.compare");
        compare.Attributes["migration.system"].ShouldBe("db");
        compare.Events.Select(one => one.Name).ShouldBe(["observed", "gate"]);
        compare.Events[1].Attributes["migration.verdict"].ShouldBe("Passed");

        var compensations = spans.Where(span => span.Name.StartsWith("compensation ", StringComparison.Ordinal)).ToList();
        compensations.Select(span => span.Attributes["migration.step.id"]).ShouldBe(undone.Steps.Where(step => step.Status == StepStatus.Compensated).Select(step => step.Step.Id).Reverse());
        compensations.ShouldAllBe(span => span.Parent == runs[1].Id && span.Attributes["migration.verdict"] == "Passed");
    }

    [Fact]
    public async Task Metrics_say_what_the_journal_says()
    {
        await using var collector = new OtlpReceiver();
        using var bench = new Workbench(Told(collector.Address));

        var state = await bench.RunAsync(bench.Small());

        var points = collector.LastMetrics;
        points.ShouldAllBe(point => point.Attributes["run"] == state.RunId && point.Attributes["spec"] == "small");
        var copied = points.Single(point => point.Metric == "migrationtools.rows.copied");
        (copied.Value, copied.Unit, copied.IsCounter, copied.Attributes["system"]).ShouldBe((123, "{row}", true, "db"));
        points.Single(point => point.Metric == "migrationtools.rows.compared").Value.ShouldBe(123);
        points.Single(point => point.Metric == "migrationtools.rows.different").Value.ShouldBe(0);
        points.Single(point => point.Metric == "migrationtools.run.steps" && point.Attributes["status"] == "Committed").Value.ShouldBe(state.Steps.Count);
        points.Where(point => point.Metric == "migrationtools.run.status" && point.Value == 1).Select(point => point.Attributes["status"]).ShouldBe(["Completed"]);
        points.Where(point => point.Metric == "migrationtools.step.duration").Select(point => point.Attributes["step"]).Order().ShouldBe(state.Steps.Select(step => step.Step.Id).Order());
        points.Single(point => point.Metric == "migrationtools.verdicts" && point.Attributes["of"] == "step").Value.ShouldBe(state.Steps.Count);
    }

    [Fact]
    public async Task Neither_passwords_nor_rows_nor_words_of_the_server_leave_the_host()
    {
        cluster.SkipWhereMissing();
        await using var target = await cluster.CreateDatabaseAsync();
        await using var collector = new OtlpReceiver();
        using var bench = new Workbench(Told(collector.Address));
        var spec = bench.Small(Workbench.UriOf(cluster, target));
        // A name that the target refuses, so that its message quotes the row.
        bench.Sql("source.db", "update person set wage = 'a secret wage' where id = 7");

        var state = await bench.RunAsync(spec);

        state.Status.ShouldNotBe(RunStatus.Completed);
        state.Message.ShouldContain("person");
        collector.Spans.ShouldContain(span => span.Status == 2 && span.Attributes.ContainsKey("error.type"));
        var sent = collector.Everything;
        sent.ShouldContain(state.RunId);
        sent.ShouldNotContain(PostgresCluster.Password);
        sent.ShouldNotContain("a secret wage");
        sent.ShouldNotContain(bench.Directory);
    }

    [Fact]
    public async Task A_run_that_is_cut_off_goes_on_in_the_same_trace()
    {
        await using var collector = new OtlpReceiver();
        using var bench = new Workbench(store => new CrashingStore(Told(collector.Address)(store), at: 12, before: true));
        var spec = bench.Small();
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(spec));

        (await bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);

        var spans = collector.Spans;
        spans.Select(span => span.Trace).Distinct().ShouldHaveSingleItem();
        spans.Count(span => span.Name == "migration.run").ShouldBe(2);
        collector.LastMetrics.Single(point => point.Metric == "migrationtools.rows.copied").Value.ShouldBe(123);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("is silent")]
    [InlineData("is no address")]
    public async Task A_collector_that_does_not_take_it_is_a_warning_in_the_log_and_nothing_else(string what)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        if (what == "refuses")
        {
            silent.Stop();
        }

        using var bench = new Workbench();
        bench.Small();
        var variables = new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = what == "is no address" ? "collector" : $"http://me:hush@127.0.0.1:{port}" };
        using var told = CommandLine.Start(bench, variables, "run", "migration.yaml", "--yes");

        (await told.EndAsync()).ExitCode.ShouldBe(0);

        var state = await bench.LookAsync();
        state.Status.ShouldBe(RunStatus.Completed);
        var log = await File.ReadAllTextAsync(Path.Combine(state.Directory, "log.jsonl"), Token);
        Regex.Count(log, "Telemetry: [^{]").ShouldBe(1);
        log.ShouldContain(what switch
        {
            "refuses" => $"could not be sent to http://127.0.0.1:{port}",
            "is silent" => "not all of it was sent",
            _ => "is no http or https address",
        });
        log.ShouldNotContain("hush");
    }

    [Fact]
    public async Task The_command_line_takes_the_standard_variables_and_sends_nothing_without_an_endpoint()
    {
        await using var collector = new OtlpReceiver();
        using var bench = new Workbench();
        bench.Small();
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer%20abc",
            ["OTEL_SERVICE_NAME"] = "shop-migration",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "team=shop",
        };

        using var told = CommandLine.Start(bench, variables, "run", "migration.yaml", "--yes");
        (await told.EndAsync()).ExitCode.ShouldBe(0);

        collector.Received.ShouldAllBe(one => one.Authorization == "Bearer abc");
        collector.Spans.ShouldContain(span => span.Name == "migration.run");
        collector.LastMetrics.ShouldContain(point => point.Metric == "migrationtools.rows.copied" && point.Value == 123);
        collector.Resources.ShouldAllBe(resource => resource["service.name"] == "shop-migration" && resource["team"] == "shop");

        var before = collector.Received.Count;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = null;
        using var untold = CommandLine.Start(bench, variables, "rollback", await bench.RunIdAsync(), "--yes", "--reason", "the test wants it");
        (await untold.EndAsync()).ExitCode.ShouldBe(0);
        collector.Received.Count.ShouldBe(before);
    }

    /// <summary>A store as the composition makes it where the environment names an endpoint.</summary>
    private static Func<IRunStore, IRunStore> Told(string endpoint) => store =>
    {
        var settings = TelemetrySettings.Read(null, name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? endpoint : null);
        return new WatchedRunStore(store, new RunTelemetry(settings, store, new FileRunStore("", TimeProvider.System), new SerilogRunLog()));
    };
}
