using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>
/// Measures this project beside its peers, in alternating runs on one machine, and writes medians and ratios into
/// <c>docs/performance.md</c>: <c>dotnet run -c Release --project tests/Benchmarks -- copy-pg-pg copy-sqlite-pg memory</c>.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["copy", var source, var target, ..])
        {
            return await CopyCommand.RunAsync(source, target, arguments[3..]);
        }

        var runs = Number(arguments, "--runs") ?? 5;
        var rows = Number(arguments, "--rows");
        var names = arguments.Where((argument, at) => !argument.StartsWith('-') && (at == 0 || !arguments[at - 1].StartsWith('-'))).ToList();
        if (names.Count == 0 || names.Except(PerformancePage.Benchmarks).Any())
        {
            await Console.Error.WriteLineAsync($"usage: MigrationTools.Benchmarks {string.Join('|', PerformancePage.Benchmarks)} … [--runs 5] [--rows n]");
            return 2;
        }

        await using var cluster = await BenchmarkCluster.StartAsync();
        var page = new PerformancePage();
        foreach (var name in names)
        {
            page.Set(name, name switch
            {
                "copy-pg-pg" => await PostgresCopyBenchmark.RunAsync(cluster, rows ?? 2_000_000, runs),
                "copy-sqlite-pg" => await SqliteCopyBenchmark.RunAsync(cluster, rows ?? 1_000_000, runs),
                "compare-pg-pg" => await PostgresCompareBenchmark.RunAsync(cluster, rows ?? 5_000_000, runs),
                "compare-sqlite" => await SqliteCompareBenchmark.RunAsync(cluster, rows ?? 5_000_000, runs),
                "compare-memory" => await CompareMemoryBenchmark.RunAsync(cluster, rows ?? 20_000_000),
                _ => await MemoryBenchmark.RunAsync(cluster, rows ?? 10_000_000),
            });
        }

        page.Save();
        return 0;
    }

    private static int? Number(string[] arguments, string option)
    {
        var at = Array.IndexOf(arguments, option);
        return at < 0 ? null : int.Parse(arguments[at + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
