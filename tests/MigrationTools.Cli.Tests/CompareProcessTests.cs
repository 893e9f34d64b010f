using System.Diagnostics;
using System.Globalization;
using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Cli.Tests;

/// <summary>Comparisons of PostgreSQL databases by the program as a process, in which sockets complete otherwise than in the process of the tests (<see cref="InlineCompletions"/>).</summary>
public sealed class CompareProcessTests(PostgresCluster cluster) : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("native")]
    [InlineData("stream")]
    [InlineData("pushdown")]
    public async Task More_workers_than_processors_wait_for_one_another_and_end(string method)
    {
        cluster.SkipWhereMissing();
        await using var source = await FillAsync(tables: 8, rows: 20_000);
        await using var target = await FillAsync(tables: 8, rows: 20_000);
        await ExecuteAsync(target, "UPDATE t3 SET name = 'x' WHERE id % 1000 = 0", "DELETE FROM t5 WHERE id = 7");

        using var process = Start(source, target, "--method", method, "--parallelism", "16", "--output", "json");
        var result = await ProgramProcess.EndAsync(process);

        result.Code.ShouldBe(1, result.Error);
        var tables = result.Json.GetProperty("tables").EnumerateArray().ToList();
        tables.Count.ShouldBe(8);
        tables.Sum(table => table.GetProperty("sourceRows").GetInt64()).ShouldBe(160_000);
        tables.Sum(table => table.GetProperty("changed").GetInt64()).ShouldBe(20);
        tables.Sum(table => table.GetProperty("missing").GetInt64()).ShouldBe(1);
    }

    [Fact]
    public async Task A_signal_in_the_middle_of_the_rows_ends_it_and_its_sessions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM on Windows");
        cluster.SkipWhereMissing();
        await using var source = await FillAsync(tables: 1, rows: 20_000);
        await using var target = await FillAsync(tables: 1, rows: 20_000);
        using var process = Start(source, target, "--method", "stream", "--max-rows-per-second", "1000");
        await UntilAsync(source, sessions => sessions > 1);

        using var kill = Process.Start("kill", ["-TERM", string.Create(CultureInfo.InvariantCulture, $"{process.Id}")]);
        await kill.WaitForExitAsync();
        var result = await ProgramProcess.EndAsync(process);

        result.Code.ShouldBe(130, result.Error);
        await UntilAsync(source, sessions => sessions == 0);
        await UntilAsync(target, sessions => sessions == 0);
    }

    private Process Start(PostgresTestDatabase source, PostgresTestDatabase target, params IReadOnlyList<string> options) => ProgramProcess.Start(
        _place.Root, ["compare", "--source", Reference(source), "--target", Reference(target), .. options], ("MT_PASSWORD", PostgresCluster.Password));

    private string Reference(PostgresTestDatabase database) =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{PostgresCluster.User}:${{env:MT_PASSWORD}}@127.0.0.1:{cluster.Port}/{database.Name}");

    private async Task<PostgresTestDatabase> FillAsync(int tables, int rows)
    {
        var database = await cluster.CreateDatabaseAsync();
        foreach (var table in Enumerable.Range(1, tables))
        {
            await ExecuteAsync(database, $"CREATE TABLE t{table} (id bigint PRIMARY KEY, name text, at timestamp, hash text)");
            await ExecuteAsync(
                database,
                $"INSERT INTO t{table} SELECT i, 'name ' || i, timestamp '2020-01-01' + i * interval '1 s', md5(i::text) FROM generate_series(1, {rows}) AS i",
                $"ANALYZE t{table}");
        }

        return database;
    }

    private async Task ExecuteAsync(PostgresTestDatabase database, params IReadOnlyList<string> statements)
    {
        foreach (var statement in statements)
        {
            _ = await cluster.QueryAsync(database.Name, statement);
        }
    }

    private async Task UntilAsync(PostgresTestDatabase database, Predicate<long> met)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!met(long.Parse(
            (await cluster.QueryAsync("postgres", $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND application_name = 'migrationtools'"))!,
            CultureInfo.InvariantCulture)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
