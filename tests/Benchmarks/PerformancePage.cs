using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MigrationTools.Benchmarks;

/// <summary>The section "Copying" of docs/performance.md, of which each benchmark replaces its own part.</summary>
internal sealed class PerformancePage
{
    private const string Heading = "## Copying";

    private static readonly string[] Order = ["copy-pg-pg", "copy-sqlite-pg", "memory"];

    private readonly Dictionary<string, string> _parts = [];

    public void Set(string benchmark, string text)
    {
        _parts[benchmark] = string.Create(CultureInfo.InvariantCulture, $"<!-- {benchmark} -->\n{text}\n\n{Machine()}\n<!-- /{benchmark} -->");
        Console.WriteLine(text);
    }

    public void Save()
    {
        var path = Path.Combine(Repository(), "docs", "performance.md");
        var old = File.Exists(path) ? File.ReadAllText(path) : "# Performance\n\nWritten by `scripts/benchmark.sh`; every ratio is of runs that took turns on one machine.\n";
        var (before, section, after) = Split(old);
        var text = new StringBuilder(before.TrimEnd()).Append("\n\n").Append(Heading).Append('\n');
        foreach (var benchmark in Order)
        {
            if ((_parts.GetValueOrDefault(benchmark) ?? Part(section, benchmark)) is { } part)
            {
                text.Append('\n').Append(part).Append('\n');
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.Append(after.Length == 0 ? "" : "\n" + after).ToString());
    }

    private static (string Before, string Section, string After) Split(string page)
    {
        var start = page.IndexOf(Heading + "\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return (page, "", "");
        }

        var end = page.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        return end < 0 ? (page[..start], page[start..], "") : (page[..start], page[start..(end + 1)], page[(end + 1)..]);
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
