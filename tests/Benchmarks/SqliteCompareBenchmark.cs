using System.Diagnostics;
using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>Streamed comparisons of SQLite beside its own shell reading the same file, and how long the smallest comparison takes.</summary>
internal static class SqliteCompareBenchmark
{
    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows, int runs)
    {
        var (file, copy, tiny) = (Path.Combine(cluster.Scratch, "cmp.db"), Path.Combine(cluster.Scratch, "cmp2.db"), Path.Combine(cluster.Scratch, "tiny.db"));
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_sqlite", rows);
        await CopyCommand.MeasureAsync(cluster.Uri("cmp_sqlite"), "sqlite:" + file, "--create");
        File.Copy(file, copy);
        await Shell.RunAsync("sqlite3", tiny, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t SELECT value, 'name' FROM generate_series(1, 10)");

        var (shell, same, other, smallest) = (
            new Measurement("`sqlite3 … 'select * from t' > /dev/null`"), new Measurement("SQLite to SQLite, Stream"), new Measurement("SQLite to PostgreSQL, Stream"), new Measurement("10 rows"));
        for (var run = 0; run < runs; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await Shell.RunAsync("sh", "-c", $"sqlite3 '{file}' 'select * from t' > /dev/null");
            shell.Seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await AddAsync(same, "sqlite:" + file, "sqlite:" + copy);
            await AddAsync(other, "sqlite:" + file, cluster.Uri("cmp_sqlite"));
            await AddAsync(smallest, "sqlite:" + tiny, "sqlite:" + tiny);
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            ### SQLite, {rows:N0} rows

            The same table in a SQLite file; {runs} alternating runs. Goal: at least the rate of SQLite's own shell, and under 0.4 s for a table of 10 rows.

            | contender | median s | range s | ratio | goal | peak MB |
            |---|---|---|---|---|---|
            {PostgresCompareBenchmark.Row(shell, shell, "")}
            {PostgresCompareBenchmark.Row(same, shell, "at most 1.00")}
            {PostgresCompareBenchmark.Row(other, shell, "at most 1.00")}
            {PostgresCompareBenchmark.Row(smallest, shell, "under 0.4 s")}
            """);
    }

    private static async Task AddAsync(Measurement measurement, string source, string target)
    {
        var run = (await CompareProgram.RunAsync("--source", source, "--target", target, "--tables", "t", "--method", "stream", "--parallelism", "1")).Expect("Stream", 0);
        measurement.Seconds.Add(run.Seconds);
        measurement.PeakMegabytes.Add(run.PeakMegabytes);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measurement.Name}: {run.Seconds:0.00} s"));
    }
}
