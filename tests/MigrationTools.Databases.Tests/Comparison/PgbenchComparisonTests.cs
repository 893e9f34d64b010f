using System.Diagnostics;
using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>
/// Data that nobody here made: the accounts of pgbench, which updates 500 a second of them on the source, while the server's own logical replication carries
/// them to the target a moment later.
/// </summary>
public sealed class PgbenchComparisonTests(PostgresCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ComparisonMethod.Native)]
    [InlineData(ComparisonMethod.Stream)]
    public async Task Accounts_that_are_updated_all_the_time_come_to_agree_and_only_what_really_differs_is_told(ComparisonMethod method)
    {
        await using var databases = await OpenAsync();
        await using var source = new PostgresProvider().Open(databases.Source.Endpoint);
        await using var target = new PostgresProvider().Open(databases.Target.Endpoint);
        await ReplicateAsync(source, target, databases.Source);
        using var writing = Start("-n", "-b", "simple-update", "-R", "500", "-c", "2", "-T", "120", databases.Source.Name);
        try
        {
            // Nothing arrives until rows are looked at again, so that there is something to settle, however fast the machine is.
            await WaitForWritesAsync(source, writing, 200);
            await ChangeAsync(target, "alter subscription pgbench disable");
            var before = await WaitForWritesAsync(source, writing, await WritesAsync(source) + 200);
            var equal = await CompareAsync(source, target, method);
            (equal.Verdict, equal.Missing, equal.Extra, equal.Changed).ShouldBe((Verdict.Passed, 0, 0, 0), ComparisonRoom.Tell(equal));
            equal.Notes.ShouldHaveSingleItem().ShouldMatch("looked at again: [1-9][0-9]* came to agree, 0 stayed as they were, 0 still changed");
            equal.Method.ShouldBe(method);
            (equal.SourceRows, equal.TargetRows).ShouldBe((100_000, 100_000));
            (await WritesAsync(source)).ShouldBeGreaterThan(before, "pgbench wrote while it was compared");

            await ChangeAsync(target, "alter subscription pgbench disable");
            await ChangeAsync(target, "insert into pgbench_accounts values (100001, 1, 7, 'nobody''s'); delete from pgbench_accounts where aid = 5");
            var different = await CompareAsync(source, target, method);
            different.Verdict.ShouldBe(Verdict.Failed, ComparisonRoom.Tell(different));
            different.Differences.Select(difference => $"{difference.Kind} {difference.Key["aid"]}").ShouldBe(["Missing 5", "Extra 100001"], ComparisonRoom.Tell(different));
        }
        finally
        {
            writing.Kill(entireProcessTree: true);
            await writing.WaitForExitAsync(CancellationToken.None);
            await ChangeAsync(target, "alter subscription pgbench disable");
            await ChangeAsync(target, "alter subscription pgbench set (slot_name = none)");
            await ChangeAsync(target, "drop subscription pgbench");
            await ChangeAsync(source, "select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database() and active");
            await WaitAsync(async () => await ScalarAsync(source, "select count(*) from pg_replication_slots where database = current_database() and active") == 0);
            await ChangeAsync(source, "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()");
        }
    }

    private static async Task<TableComparison> CompareAsync(IDatabase source, IDatabase target, ComparisonMethod method)
    {
        var resumed = 0;
        var watched = new WatchedDatabase(source, (query, _) =>
            query.Keys is not null && Interlocked.Exchange(ref resumed, 1) == 0 ? ChangeAsync(target, "alter subscription pgbench enable") : Task.CompletedTask);
        IReadOnlyList<TablePair> pairs = [.. (await Pairs.ByNameAsync(source, target)).Where(pair => pair.Target.Name.Name == "pgbench_accounts")];
        var options = new ComparisonOptions { Method = method, Settle = TimeSpan.FromSeconds(60) };
        return (await DatabaseComparer.CompareAsync(watched, target, pairs, options, 1, SilentObserver.Instance, Stop).ToListAsync(Stop)).ShouldHaveSingleItem();
    }

    private async Task<Both> OpenAsync()
    {
        cluster.SkipWhereMissing();
        Assert.SkipWhen(Pgbench is null, "pgbench is not among the PostgreSQL binaries");
        var databases = new Both(await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
        foreach (var database in new[] { databases.Source, databases.Target })
        {
            using var making = Start("-i", "-s", "1", "-q", database.Name);
            await making.WaitForExitAsync(Stop);
            making.ExitCode.ShouldBe(0);
        }

        return databases;
    }

    // One server can't make a slot for a subscription of its own while that is being made.
    private async Task ReplicateAsync(IDatabase source, IDatabase target, PostgresTestDatabase from)
    {
        await ChangeAsync(source, "create publication pgbench for table pgbench_accounts");
        await ChangeAsync(source, $"select pg_create_logical_replication_slot('{from.Name}_pgbench', 'pgoutput')");
        var password = PostgresCluster.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        var reach = string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={cluster.Port} dbname={from.Name} user={PostgresCluster.User} password='{password}'");
        await ChangeAsync(
            target,
            $"create subscription pgbench connection '{reach.Replace("'", "''", StringComparison.Ordinal)}' publication pgbench with (create_slot = false, slot_name = '{from.Name}_pgbench', copy_data = false)");
    }

    private static Task<long> WaitForWritesAsync(IDatabase source, Process writing, long atLeast) =>
        WaitForAsync(() => WritesAsync(source), writes => writes >= atLeast || writing.HasExited);

    private static Task<long> WritesAsync(IDatabase source) => ScalarAsync(source, "select count(*) from pgbench_history");

    private static Task WaitAsync(Func<Task<bool>> isSo) => WaitForAsync(isSo, so => so);

    private static async Task<T> WaitForAsync<T>(Func<Task<T>> ask, Func<T, bool> isEnough)
    {
        while (true)
        {
            var answer = await ask();
            if (isEnough(answer))
            {
                return answer;
            }

            await Task.Delay(50, Stop);
        }
    }

    private static async Task<long> ScalarAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(Stop);
        return long.Parse((await session.QueryAsync(sql, [], Stop))[0][0]!, CultureInfo.InvariantCulture);
    }

    private static async Task ChangeAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(CancellationToken.None);
        await session.ExecuteAsync(sql, [], CancellationToken.None);
    }

    private static string? Pgbench => PostgresBinaries.Find() is { } binaries && Path.Combine(binaries, "pgbench") is var program && File.Exists(program) ? program : null;

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Pgbench!, ["-h", "127.0.0.1", "-p", cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", PostgresCluster.User, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = PostgresCluster.Password;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private sealed record Both(PostgresTestDatabase Source, PostgresTestDatabase Target) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Target.DisposeAsync();
            await Source.DisposeAsync();
        }
    }
}
