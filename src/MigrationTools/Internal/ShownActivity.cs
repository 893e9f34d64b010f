using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Internal;

/// <summary>One activity's progress: at most four records a second, with the rate and the time left that were measured so far.</summary>
internal sealed class ShownActivity(int id)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _last;

    public bool IsDue(bool completed)
    {
        var last = Interlocked.Read(ref _last);
        if (!completed && last != 0 && Stopwatch.GetElapsedTime(last) < Pace)
        {
            return false;
        }

        Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
        return true;
    }

    public ProgressRecord Record(Progress progress)
    {
        var seconds = Math.Max(Stopwatch.GetElapsedTime(_begun).TotalSeconds, 0.001);
        // Steps, tables and checks are not alike: how many there were a second says nothing about the next.
        var alike = progress.Unit is "rows" or "bytes";
        var rate = alike ? string.Create(CultureInfo.InvariantCulture, $", {progress.Done / seconds:N0}/s") : "";
        var total = progress.Total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "";
        return new ProgressRecord(id, progress.Activity, string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0}{total} {progress.Unit}{rate}"))
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            PercentComplete = progress.Total is > 0 ? (int)Math.Clamp(progress.Done * 100 / progress.Total.Value, 0, 100) : -1,
            SecondsRemaining = alike && progress is { Total: { } end, Done: > 0 } && seconds > 1 ? (int)Math.Min((end - progress.Done) * seconds / progress.Done, int.MaxValue) : -1,
        };
    }
}
