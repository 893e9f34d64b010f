using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MigrationTools.Benchmarks;

/// <summary>docs/performance.md, of which each benchmark replaces its own part.</summary>
internal sealed class PerformancePage
{
    private static readonly (string Heading, string[] Benchmarks)[] Sections =
    [
        ("## Copying", ["copy-pg-pg", "copy-sqlite-pg", "memory"]),
        ("## Comparing", ["compare-pg-pg", "compare-sqlite", "compare-memory"]),
    ];

    private readonly Dictionary<string, string> _parts = [];

    public static IReadOnlyList<string> Benchmarks => [.. Sections.SelectMany(section => section.Benchmarks)];

    public void Set(string benchmark, string text)
    {
        _parts[benchmark] = string.Create(CultureInfo.InvariantCulture, $"<!-- {benchmark} -->\n{text}\n\n{Machine()}\n<!-- /{benchmark} -->");
        Console.WriteLine(text);
    }

    public void Save()
    {
        var path = Path.Combine(Repository(), "docs", "performance.md");
        var old = File.Exists(path) ? File.ReadAllText(path) : "# Performance\n\nWritten by `scripts/benchmark.sh`; every ratio is of runs that took turns on one machine.\n";
        var first = old.IndexOf("\n## ", StringComparison.Ordinal);
        var text = new StringBuilder((first < 0 ? old : old[..first]).TrimEnd()).Append('\n');
        foreach (var (heading, benchmarks) in Sections)
        {
            var parts = benchmarks.Select(benchmark => _parts.GetValueOrDefault(benchmark) ?? Part(old, benchmark)).OfType<string>().ToList();
            if (parts.Count > 0)
            {
                _ = text.Append('\n').Append(heading).Append('\n');
                parts.ForEach(part => text.Append('\n').Append(part).Append('\n'));
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
    }

    private static string? Part(string section, string benchmark)
    {
        var start = section.IndexOf($"<!-- {benchmark} -->", StringComparison.Ordinal);
        var closing = $"<!-- /{benchmark} -->";
        var end = section.IndexOf(closing, StringComparison.Ordinal);
        return start < 0 || end < 0 ? null : section[start..(end + closing.Length)];
    }

    private static string Machine()
    {
        var processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {processor}, {Environment.ProcessorCount} cores, {memory:0} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, PostgreSQL {BenchmarkCluster.ServerVersion} with default settings on the same machine.");
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "MigrationTools.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("Run this inside of the repository.");
    }
}
