using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>Peak working set for a large table, in each direction.</summary>
internal static class MemoryBenchmark
{
    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows)
    {
        await PostgresCopyBenchmark.FillAsync(cluster, "memory_source", rows);
        await cluster.SqlAsync("postgres", "CREATE DATABASE memory_target", "CREATE DATABASE memory_back");
        var file = Path.Combine(cluster.Scratch, "memory.db");
        List<(string Name, (double Seconds, double PeakMegabytes) Run)> runs =
        [
            ("PostgreSQL to PostgreSQL", await CopyCommand.MeasureAsync(cluster.Uri("memory_source"), cluster.Uri("memory_target"), "--create")),
            ("PostgreSQL to SQLite", await CopyCommand.MeasureAsync(cluster.Uri("memory_source"), "sqlite:" + file, "--create")),
            ("SQLite to PostgreSQL", await CopyCommand.MeasureAsync("sqlite:" + file, cluster.Uri("memory_back"), "--create")),
        ];
        var lines = runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"| {run.Name} | {run.Run.Seconds:0.0} | {rows / run.Run.Seconds / 1000:0} | {run.Run.PeakMegabytes:0} |"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            ### Memory, {rows:N0} rows

            The same table; peak working set of the whole process. Goal: under 250 MB.

            | direction | s | thousand rows/s | peak MB |
            |---|---|---|---|
            {string.Join('\n', lines)}
            """);
    }
}
