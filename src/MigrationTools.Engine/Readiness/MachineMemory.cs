using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Readiness;

/// <summary>
/// Memory that this process could still use, as the machine (or the container around it) says at this moment.
/// </summary>
/// <remarks>
/// Linux: MemAvailable of /proc/meminfo (the kernel's own estimate of what new programs get without swapping; proc(5)), or what is left
/// under the control group's limit where that is less (cgroup v2: memory.max − memory.current, with the page cache that can be
/// dropped, inactive_file of memory.stat, given back). Elsewhere: what the runtime sees as available less what is in use.
/// </remarks>
public static class MachineMemory
{
    /// <summary>Bytes available, with where the figure is from; the observed value is null where the machine won't say.</summary>
    public static (long? Bytes, Evidence Evidence) Look(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var (bytes, source) = OperatingSystem.IsLinux() ? OfLinux("/proc/meminfo", "/sys/fs/cgroup") : OfRuntime();
        return (bytes, new Evidence(source, bytes?.ToString(CultureInfo.InvariantCulture), time.GetUtcNow()));
    }

    internal static (long? Bytes, string Source) OfLinux(string memInfo, string controlGroup)
    {
        var ofMachine = File.Exists(memInfo) ? ValueOf(memInfo, "MemAvailable:") * 1024 : null;
        var ofGroup = LeftIn(controlGroup);
        return ofGroup < ofMachine || ofMachine is null
            ? (ofGroup, $"{controlGroup}/memory.max − memory.current + inactive_file")
            : (ofMachine, $"MemAvailable of {memInfo}");
    }

    private static long? LeftIn(string controlGroup)
    {
        var limit = Path.Combine(controlGroup, "memory.max");
        var used = Path.Combine(controlGroup, "memory.current");
        var statistics = Path.Combine(controlGroup, "memory.stat");
        if (!File.Exists(limit) || !File.Exists(used)
            || !long.TryParse(File.ReadAllText(limit), NumberStyles.Integer, CultureInfo.InvariantCulture, out var most)
            || !long.TryParse(File.ReadAllText(used), NumberStyles.Integer, CultureInfo.InvariantCulture, out var now))
        {
            return null;
        }

        var droppable = File.Exists(statistics) ? ValueOf(statistics, "inactive_file") ?? 0 : 0;
        return Math.Max(0, most - now + droppable);
    }

    private static long? ValueOf(string file, string key)
    {
        foreach (var line in File.ReadLines(file))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length >= 2 && parts[0] == key && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static (long? Bytes, string Source) OfRuntime()
    {
        var seen = GC.GetGCMemoryInfo();
        return seen.TotalAvailableMemoryBytes > 0 && seen.MemoryLoadBytes > 0
            ? (Math.Max(0, seen.TotalAvailableMemoryBytes - seen.MemoryLoadBytes), "the runtime's available memory less the machine's load at the last collection")
            : (null, "the runtime's view of the machine's memory");
    }
}
