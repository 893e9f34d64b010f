using System.Security.Cryptography;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

public sealed class ShopMigrationTests(PostgresCluster cluster) : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_shop_moves_from_file_to_file_and_back()
    {
        var spec = _bench.Shop();
        var before = Hash("shop-v2.db");

        var run = await _bench.RunAsync(spec);

        Explain(run);
        run.Status.ShouldBe(RunStatus.Completed);
        run.Verdict.ShouldBe(Verdict.Passed);
        _bench.Scalar("shop-v3.db", "select count(*) from customers").ShouldBe(4200L);
        _bench.Scalar("shop-v3.db", "select count(*) from sqlite_schema where name = 'migrationtools_copy'").ShouldBe(0L);
        foreach (var file in new[] { "report.html", "report.md", "report.json", "report.junit.xml" })
        {
            File.Exists(Path.Combine(run.Directory, file)).ShouldBeTrue(file);
        }

        var back = await _bench.RollbackAsync();

        back.Status.ShouldBe(RunStatus.RolledBack);
        back.Verdict.ShouldBe(Verdict.Passed);
        File.Exists(_bench.PathOf("shop-v3.db")).ShouldBeFalse();
        Hash("shop-v2.db").ShouldBe(before, "the source is byte for byte what it was");
    }

    [Fact]
    public async Task The_shop_moves_from_file_to_PostgreSQL_and_the_target_dump_is_the_same_after_a_rollback()
    {
        await using var target = await cluster.CreateDatabaseAsync();
        var spec = _bench.Shop(target: Workbench.UriOf(cluster, target));
        var before = await PostgresDump.OfAsync(cluster, target.Name);

        var run = await _bench.RunAsync(spec);
        Explain(run);
        run.Status.ShouldBe(RunStatus.Completed);
        run.Verdict.ShouldBe(Verdict.Passed);
        (await PostgresDump.OfAsync(cluster, target.Name)).Length.ShouldBeGreaterThan(1_000_000);

        var back = await _bench.RollbackAsync();

        back.Status.ShouldBe(RunStatus.RolledBack);
        (await PostgresDump.OfAsync(cluster, target.Name)).ShouldBe(before);
    }

    [Fact]
    public async Task The_shop_moves_from_PostgreSQL_to_PostgreSQL_and_back_to_a_file()
    {
        await using var source = await cluster.CreateDatabaseAsync();
        await using var target = await cluster.CreateDatabaseAsync();
        var first = _bench.Shop(target: Workbench.UriOf(cluster, source));
        await foreach (var table in _bench.Host.CopyAsync(
            new DataRequest { Source = first.Databases.Single().Source, Target = first.Databases.Single().Target }, new CopySpec(), SilentObserver.Instance, TestContext.Current.CancellationToken))
        {
            table.Rejected.ShouldBe(0, table.Source);
        }

        var sideways = await _bench.RunAsync(_bench.Shop(Workbench.UriOf(cluster, source), Workbench.UriOf(cluster, target)));
        Explain(sideways);
        sideways.Verdict.ShouldBe(Verdict.Passed);

        var toFile = await _bench.RunAsync(_bench.Shop(Workbench.UriOf(cluster, source), "sqlite:again.db"));
        Explain(toFile);
        toFile.Verdict.ShouldBe(Verdict.Passed);
        _bench.Scalar("again.db", "select count(*) from order_lines").ShouldBe(25_884L);
    }

    [Fact]
    public async Task Three_changes_by_hand_are_found_by_key_and_column_and_nothing_else()
    {
        var spec = _bench.Shop();
        (await _bench.RunAsync(spec)).Verdict.ShouldBe(Verdict.Passed);
        _bench.Sql("shop-v3.db", """
            update products set name = name || '!' where id = (select min(id) from products where id > 100);
            delete from payments where id = (select max(id) from payments);
            insert into settings (name, value) values ('by hand', 'yes');
            """);
        var changed = _bench.Scalar("shop-v3.db", "select cast(min(id) as text) from products where id > 100");

        var tables = await CompareAsync(spec);

        Verdicts.Combine(tables.Select(table => table.Verdict)).ShouldBe(Verdict.Failed);
        var differences = tables.SelectMany(table => table.Differences.Select(difference => (table.Target, difference))).ToList();
        differences.Count.ShouldBe(3);
        var change = differences.Single(item => item.Target == "products").difference;
        change.Kind.ShouldBe(DifferenceKind.Changed);
        change.Key["id"].ShouldBe(changed);
        change.Columns.Single().Name.ShouldBe("name");
        change.Columns.Single().Target.ShouldBe(change.Columns.Single().Source + "!");
        differences.Single(item => item.Target == "payments").difference.Kind.ShouldBe(DifferenceKind.Missing);
        var extra = differences.Single(item => item.Target == "settings").difference;
        extra.Kind.ShouldBe(DifferenceKind.Extra);
        extra.Key["name"].ShouldBe("by hand");
        tables.Sum(table => table.SourceRows!.Value).ShouldBe(79_131);
    }

    [Fact]
    public async Task A_rollback_does_not_lose_what_was_written_since_cut_over_unless_that_is_accepted()
    {
        (await _bench.RunAsync(_bench.Shop())).Verdict.ShouldBe(Verdict.Passed);
        _bench.Sql("shop-v3.db", "insert into settings (name, value) values ('by hand', 'yes')");

        var refused = await _bench.RollbackAsync();
        (refused.RollbackRefused, refused.Verdict, refused.Status).ShouldBe((true, Verdict.Failed, RunStatus.Completed));
        refused.Message.ShouldContain("settings");
        File.Exists(_bench.PathOf("shop-v3.db")).ShouldBeTrue();

        // Who decides to stay has the run that was there before.
        var stays = await _bench.LookAsync();
        (stays.Status, stays.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed), stays.Message);

        (await _bench.RollbackAsync(acceptDataLoss: true)).Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public async Task A_password_is_in_no_file_of_a_run()
    {
        await using var target = await cluster.CreateDatabaseAsync();

        var run = await _bench.RunAsync(_bench.Shop(target: Workbench.UriOf(cluster, target)));

        run.Status.ShouldBe(RunStatus.Completed);
        var files = Directory.EnumerateFiles(run.Directory, "*", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBeGreaterThan(6);
        foreach (var file in files.Where(file => Path.GetFileName(file) != "owner.lock"))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text.ShouldNotContain(PostgresCluster.Password, customMessage: file);
            text.ShouldNotContain(Uri.EscapeDataString(PostgresCluster.Password), customMessage: file);
        }
    }

    private async Task<List<TableComparison>> CompareAsync(MigrationSpec spec)
    {
        var tables = new List<TableComparison>();
        await foreach (var table in _bench.Host.CompareAsync(new DataRequest { Spec = spec }, new ComparisonOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken))
        {
            tables.Add(table);
        }

        return tables;
    }

    private static void Explain(RunState run)
    {
        foreach (var check in run.Readiness.Concat(run.Steps.SelectMany(step => step.Checks)).Where(check => check.Verdict != Verdict.Passed))
        {
            TestContext.Current.SendDiagnosticMessage("{0} {1}: {2}", check.Verdict, check.Id, check.Message);
        }

        run.Message.ShouldStartWith("all ", customMessage: string.Join(Environment.NewLine, run.Readiness.Where(check => check.Verdict != Verdict.Passed).Select(check => $"{check.Id} {check.Message}")));
    }

    private string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_bench.PathOf(file))));
}
