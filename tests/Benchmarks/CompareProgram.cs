using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MigrationTools.Benchmarks;

/// <summary>The published command line, run as a whole process.</summary>
internal static class CompareProgram
{
    /// <summary>One run of <c>compare</c>: seconds from start to end, the largest resident memory seen, and the first table's result.</summary>
    public static async Task<CompareRun> RunAsync(params string[] arguments)
    {
        var program = Environment.GetEnvironmentVariable("MIGRATIONTOOLS_PROGRAM") ?? throw new InvalidOperationException("MIGRATIONTOOLS_PROGRAM names the published program; scripts/benchmark.sh sets it.");
        var start = new ProcessStartInfo(program, ["compare", .. arguments, "--output", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }

        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        if (process.ExitCode is not (0 or 1))
        {
            throw new InvalidOperationException($"compare {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        }

        using var json = JsonDocument.Parse(await output);
        var table = json.RootElement.GetProperty("tables")[0];
        long Number(string name) => table.GetProperty(name).GetInt64();
        return new CompareRun(
            elapsed.TotalSeconds, peak / 1024.0 / 1024, table.GetProperty("verdict").GetString()!, table.GetProperty("method").GetString()!, Number("missing") + Number("extra") + Number("changed"));
    }

    // Linux keeps the high-water mark of resident memory (proc_pid_status(5), VmHWM).
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
