using System.Globalization;
using System.Text;

namespace MigrationTools.Benchmarks;

/// <summary>Peak memory of comparisons of many rows, equal and with a third of them different.</summary>
internal static class CompareMemoryBenchmark
{
    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows)
    {
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_large", rows);
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_large2", rows);
        var table = new StringBuilder();
        foreach (var differing in new[] { false, true })
        {
            if (differing)
            {
                await cluster.SqlAsync("cmp_large2", "UPDATE t SET name = name || '!' WHERE id % 10 < 3");
            }

            foreach (var method in new[] { "native", "stream" })
            {
                var run = await CompareProgram.RunAsync("--source", cluster.Uri("cmp_large"), "--target", cluster.Uri("cmp_large2"), "--tables", "t", "--method", method, "--parallelism", "1");
                _ = table.Append(CultureInfo.InvariantCulture, $"| {run.Method} | {run.Differences:N0} | {run.Seconds:0.0} | {run.PeakMegabytes:0} |\n");
                await Console.Error.WriteLineAsync($"{method}: {run.Seconds:0.0} s, {run.PeakMegabytes:0} MB");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            ### Memory of a comparison, {rows:N0} rows

            PostgreSQL to PostgreSQL, one run each. Goal: at most 200 MB.

            | method | differences | s | peak MB |
            |---|---|---|---|
            {table.ToString().TrimEnd()}
            """);
    }
}
