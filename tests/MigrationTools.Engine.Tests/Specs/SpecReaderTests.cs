using System.Text;
using System.Text.Json;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Tests.Specs;

public sealed class SpecReaderTests
{
    [Fact]
    public void The_designs_own_example_reads_as_it_says()
    {
        var spec = SpecSamples.Read(SpecSamples.Design);

        spec.Id.ShouldBe("shop-v2-to-v3");
        spec.Name.ShouldBe("Shop 2.0.5 to 3.0.0");
        spec.Type.ShouldBe(MigrationType.ApplicationVersion);
        spec.Strategy.ShouldBe(StrategyKind.BlueGreen);
        spec.SourceVersion.ShouldBe("2.0.5");
        spec.TargetVersion.ShouldBe("3.0.0");
        spec.Systems.Select(system => system.Name).ShouldBe(["shop_database", "shop_api", "front"]);
        spec.Directory.ShouldBe(Path.GetFullPath("/specs"));
        spec.Path.ShouldBeNull();
    }

    [Fact]
    public void A_phase_has_what_it_says_of_its_own_for_when_it_fails_and_the_rest_of_the_spec_s()
    {
        var spec = SpecSamples.Read("""
            id: a
            strategy: Phased
            systems:
              one: { kind: command, do: [x], undo: [y], look: [z], done: 'on' }
              two: { kind: command, do: [x], undo: [y], look: [z], done: 'on' }
            phases:
              - { name: first, systems: [one], strategy: BigBang }
              - { name: second, systems: [two], strategy: BigBang, rollback: { mode: manual, triggers: ['response_time > 1s'], maxDuration: 5m } }
            rollback: { mode: automatic, style: gradual, triggers: ['error_rate > 5%'], interval: 3s, minSamples: 7, maxDuration: 15m }
            """);

        spec.Rollback.Scope.ShouldBe(RollbackScope.Phase);
        spec.RollbackIn("first").ShouldBe(spec.Rollback);
        spec.RollbackIn(null).ShouldBe(spec.Rollback);
        var second = spec.RollbackIn("second");
        (second.Mode, second.Style, second.Scope, second.Interval, second.MinSamples, second.MaxDuration)
            .ShouldBe((RollbackMode.Manual, RollbackStyle.Gradual, RollbackScope.Phase, TimeSpan.FromSeconds(3), 7, TimeSpan.FromMinutes(5)));
        second.Triggers.ShouldBe(["response_time > 1s"]);
        spec.Phases[0].Rollback.ShouldBeNull();
        spec.Phases[1].Rollback!.WatchesItself.ShouldBeTrue();
    }

    [Fact]
    public void The_designs_database_system_reads_as_it_says()
    {
        var database = SpecSamples.Read(SpecSamples.Design).Databases.ShouldHaveSingleItem();

        database.Source.Redacted.ShouldBe("sqlite:shop-v2.db");
        database.Source.BaseDirectory.ShouldBe(Path.GetFullPath("/specs"));
        database.Target.Redacted.ShouldBe("postgresql://migrator@db/shop?sslmode=verify-full");
        database.Scripts.ShouldBe(Path.GetFullPath("/specs/scripts"));
        database.Include.ShouldBe(["*"]);
        database.Exclude.ShouldBe(["audit_*"]);
        var map = database.Map.ShouldHaveSingleItem();
        (map.Table, map.To, map.Query).ShouldBe(("users", "customers", null));
        map.Columns.ShouldBe(new Dictionary<string, string> { ["name"] = "full_name" });
    }

    [Fact]
    public void The_designs_other_systems_read_as_they_say()
    {
        var systems = SpecSamples.Read(SpecSamples.Design).Systems;

        var http = systems[1].ShouldBeOfType<HttpSystemSpec>();
        (http.Source.Redacted, http.Target.Redacted, http.Health).ShouldBe(("http://blue:8080", "http://green:8080", "/healthz"));
        var traffic = systems[2].ShouldBeOfType<TrafficSystemSpec>();
        (traffic.Router, traffic.Endpoint.Redacted, traffic.Backend, traffic.Source, traffic.Target).ShouldBe(("haproxy", "unix:/run/haproxy.sock", "shop", "blue", "green"));
    }

    [Fact]
    public void The_designs_checks_read_as_they_say()
    {
        var spec = SpecSamples.Read(SpecSamples.Design);

        spec.Dependencies.ShouldHaveSingleItem().ShouldBe(new DependencySpec
        {
            Name = "target server",
            Measure = new SqlMeasureSpec("shop_database", EndpointSide.Target, ((SqlMeasureSpec)spec.Dependencies[0].Measure).Query),
            Expect = new Expectation(">=", "150000"),
        });
        ((SqlMeasureSpec)spec.Dependencies[0].Measure).Query.Any.ShouldBe("show server_version_num");
        spec.Readiness.Backup.ShouldBe(new BackupSpec
        {
            System = "shop_database",
            Side = EndpointSide.Source,
            File = Path.GetFullPath("/specs/backups/shop.db"),
            MaxAge = TimeSpan.FromHours(24),
            Proof = BackupProof.Restored,
        });
        spec.Readiness.Resources.ShouldBe(new ResourcesSpec { System = "shop_database", Side = EndpointSide.Target, FreeDisk = 20L << 30 });
        spec.Validation.Counts.ShouldBe(ValidationScope.All);
        var rule = spec.Validation.Rules.ShouldHaveSingleItem();
        (rule.Name, rule.System, rule.Side, rule.Expect, rule.Weight).ShouldBe(("order totals add up", "shop_database", EndpointSide.Target, new Expectation("=", "0"), 1));
        spec.Benchmarks.ShouldHaveSingleItem().ShouldBe(new BenchmarkSpec
        {
            Name = "api_response_time",
            Measure = new HttpMeasureSpec("shop_api", EndpointSide.Target, "/orders", "p95"),
            Baseline = 200,
            Acceptable = 250,
            Critical = 500,
        });
        (spec.Rollback.Mode, spec.Rollback.Style, spec.Rollback.MaxDuration).ShouldBe((RollbackMode.Automatic, RollbackStyle.Gradual, TimeSpan.FromMinutes(15)));
        spec.Rollback.Triggers.ShouldBe(["error_rate > 5%", "response_time > 500ms", "availability < 99.9%"]);
    }

    [Fact]
    public void Yaml_and_json_say_the_same() =>
        Shape(SpecSamples.Read(SpecSamples.DesignInJson, "spec.json")).ShouldBe(Shape(SpecSamples.Read(SpecSamples.Design)));

    [Fact]
    public void Json_is_also_read_as_the_yaml_that_it_is() =>
        Shape(SpecSamples.Read(SpecSamples.DesignInJson, "spec.yaml")).ShouldBe(Shape(SpecSamples.Read(SpecSamples.Design)));

    [Fact]
    public void What_is_not_said_has_the_models_defaults()
    {
        var spec = SpecSamples.Read(SpecSamples.Least);

        spec.Name.ShouldBe("least");
        (spec.Type, spec.Strategy, spec.SourceVersion).ShouldBe((MigrationType.DataMigration, StrategyKind.BigBang, null));
        spec.Validation.ShouldBe(new ValidationSpec { Rules = spec.Validation.Rules });
        spec.Validation.Rules.ShouldBeEmpty();
        spec.Rollback.ShouldBe(new RollbackSpec { Triggers = spec.Rollback.Triggers });
        (spec.Readiness.Backup, spec.Readiness.Resources, spec.Readiness.Skip.Count).ShouldBe((null, null, 0));
        var database = spec.Databases.Single();
        database.Copy.ShouldBe(new CopySpec());
        (database.Fence, database.Scripts, database.Map.Count, database.Exclude.Count).ShouldBe((FenceMode.Observe, null, 0, 0));
        database.Include.ShouldBe(["*"]);
    }

    [Fact]
    public void Every_key_of_a_table_mapping_reaches_the_model()
    {
        var spec = SpecSamples.Read("""
            id: a
            systems:
              db:
                kind: database
                source: sqlite:a.db
                target: sqlite:b.db
                fence: readonly
                copy: { parallelism: 4, chunkRows: 1000, maxRejected: 7, maxRowsPerSecond: 5000 }
                map:
                  - table: users
                    to: customers
                    columns: { name: full_name }
                    expressions: { first: { sqlite: a, postgresql: b }, last: c }
                    drop: [x, y]
                    where: { sqlite: active = 1, any: active }
                  - { query: select 1, to: t, key: [a, b] }
            """);

        var database = spec.Databases.Single();
        database.Fence.ShouldBe(FenceMode.ReadOnly);
        database.Copy.ShouldBe(new CopySpec { Parallelism = 4, ChunkRows = 1000, MaxRejected = 7, MaxRowsPerSecond = 5000 });
        var (users, query) = (database.Map[0], database.Map[1]);
        users.Expressions["first"].For("sqlite").ShouldBe("a");
        users.Expressions["first"].For("postgresql").ShouldBe("b");
        users.Expressions["first"].Any.ShouldBeNull();
        users.Expressions["last"].For("postgresql").ShouldBe("c");
        users.Drop.ShouldBe(["x", "y"]);
        users.Where!.For("sqlite").ShouldBe("active = 1");
        users.Where.For("sqlserver").ShouldBe("active");
        (query.Table, query.Query!.Any).ShouldBe((null, "select 1"));
        query.Key.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_validation_scope_is_all_or_a_list_or_none_with_its_reason()
    {
        var validation = SpecSamples.ReadLeastWith("validation: { counts: ALL, checksums: [orders, order_*], referential: { none: no keys }, minimumScore: 0.5 }").Validation;

        validation.Counts.ShouldBe(ValidationScope.All);
        validation.Checksums.Tables.ShouldBe(["orders", "order_*"]);
        validation.Referential.SkippedBecause.ShouldBe("no keys");
        validation.Referential.Tables.ShouldBeNull();
        validation.MinimumScore.ShouldBe(0.5);
    }

    [Fact]
    public void A_command_is_a_program_with_arguments_and_a_time_limit()
    {
        var spec = SpecSamples.ReadLeastWith("dependencies: [ { name: c, measure: { command: [openssl, version, 3] }, expect: matches ^OpenSSL 3, required: false } ]");

        var dependency = spec.Dependencies.Single();
        dependency.Required.ShouldBeFalse();
        var command = dependency.Measure.ShouldBeOfType<CommandMeasureSpec>();
        command.Arguments.ShouldBe(["openssl", "version", "3"]);
        command.Timeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("0", "=", "0")]
    [InlineData("true", "=", "true")]
    [InlineData("'>= 150000'", ">=", "150000")]
    [InlineData("'>=150000'", ">=", "150000")]
    [InlineData("'<= 1'", "<=", "1")]
    [InlineData("'< 1'", "<", "1")]
    [InlineData("'> 1'", ">", "1")]
    [InlineData("'!= off'", "!=", "off")]
    [InlineData("= 2.0.5", "=", "2.0.5")]
    [InlineData("matches ^15\\.", "matches", "^15\\.")]
    [InlineData("matchesnot", "=", "matchesnot")]
    [InlineData("''", "=", "")]
    public void An_expectation_is_an_operator_and_a_value(string text, string comparison, string value) =>
        SpecSamples.ReadLeastWith($"dependencies: [ {{ name: a, measure: {{ sql: db, query: q }}, expect: {text} }} ]").Dependencies.Single().Expect
            .ShouldBe(new Expectation(comparison, value));

    [Theory]
    [InlineData("200ms", 200)]
    [InlineData("30s", 30_000)]
    [InlineData("15m", 900_000)]
    [InlineData("24h", 86_400_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1.5s", 1500)]
    public void A_duration_has_a_unit(string text, double milliseconds) =>
        SpecSamples.ReadLeastWith($"rollback: {{ maxDuration: {text} }}").Rollback.MaxDuration.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("20GiB", 21_474_836_480)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("500 mb", 500_000_000)]
    [InlineData("4096B", 4096)]
    [InlineData("1.5KiB", 1536)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void A_size_has_a_unit(string text, long bytes) =>
        SpecSamples.ReadLeastWith($"readiness: {{ resources: {{ at: db, freeDisk: {text} }} }}").Readiness.Resources!.FreeDisk.ShouldBe(bytes);

    [Theory]
    [InlineData("db", EndpointSide.Target)]
    [InlineData("db.source", EndpointSide.Source)]
    [InlineData("db.Target", EndpointSide.Target)]
    public void A_reference_without_side_means_the_target(string reference, EndpointSide side) =>
        SpecSamples.ReadLeastWith($"validation: {{ rules: [ {{ name: a, on: {reference}, sql: q, expect: 0 }} ] }}").Validation.Rules.Single().Side.ShouldBe(side);

    [Fact]
    public void A_backup_without_side_is_the_sources() =>
        SpecSamples.ReadLeastWith("readiness: { backup: { of: db, file: /b } }").Readiness.Backup!.Side.ShouldBe(EndpointSide.Source);

    [Fact]
    public void A_number_without_quotes_is_text_where_text_is_meant() =>
        SpecSamples.Read(SpecSamples.Least + "name: 42\nsourceVersion: 3.10\n").SourceVersion.ShouldBe("3.10");

    [Fact]
    public void Anchors_and_aliases_may_be_used()
    {
        var spec = SpecSamples.ReadLeastWith("""
            validation:
              counts: &tables [orders, customers]
              checksums: *tables
            """);

        spec.Validation.Checksums.Tables.ShouldBe(["orders", "customers"]);
    }

    [Fact]
    public void Words_of_a_choice_are_read_in_any_case() =>
        SpecSamples.Read("strategy: bigbang\ntype: PLATFORMMIGRATION\n" + SpecSamples.Least).Type.ShouldBe(MigrationType.PlatformMigration);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Line_ends_of_every_system_are_read(string lineEnd) =>
        SpecSamples.Read(SpecSamples.Design.ReplaceLineEndings(lineEnd)).Systems.Count.ShouldBe(3);

    [Fact]
    public void The_hash_is_that_of_the_text()
    {
        var one = SpecSamples.Read(SpecSamples.Least);

        one.Hash.ShouldBe(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(SpecSamples.Least))).ToLowerInvariant());
        SpecSamples.Read(SpecSamples.Least + " ").Hash.ShouldNotBe(one.Hash);
    }

    [Fact]
    public void A_byte_order_mark_changes_neither_the_spec_nor_its_hash() =>
        SpecSamples.Read('\uFEFF' + SpecSamples.Least).Hash.ShouldBe(SpecSamples.Read(SpecSamples.Least).Hash);

    [Fact]
    public void What_is_wired_in_may_be_told_to_the_reader()
    {
        var vocabulary = new SpecVocabulary { DatabaseEngines = new Dictionary<string, string> { ["ora"] = "oracle" } };

        var spec = new SpecReader(vocabulary).ReadText(SpecSamples.Least.Replace("sqlite:", "ora:", StringComparison.Ordinal).Replace("postgresql:", "ora:", StringComparison.Ordinal), "a.yaml", "/");

        spec.Databases.Single().Source.Scheme.ShouldBe("ora");
    }

    /// <summary>All that a spec holds, with the values that the serializer would pass over because their property's type is an abstract one.</summary>
    private static string Shape(MigrationSpec spec) => JsonSerializer.Serialize(new
    {
        Spec = spec with { Hash = string.Empty },
        Systems = spec.Systems.Cast<object>(),
        Measures = spec.Dependencies.Select(dependency => dependency.Measure).Concat(spec.Benchmarks.Select(benchmark => benchmark.Measure)).Cast<object>(),
    });
}
