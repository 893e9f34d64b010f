using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Internal;

/// <summary>Shows an operation's progress and log in PowerShell's streams: a few progress records a second for each activity, each completed.</summary>
internal sealed class CommandObserver : IOperationObserver
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly PSCmdlet _cmdlet;
    private readonly PipelinePump _pump;
    private readonly ConcurrentDictionary<string, Shown> _shown = new(StringComparer.Ordinal);
    private int _ids;

    public CommandObserver(PSCmdlet cmdlet, PipelinePump pump)
    {
        _cmdlet = cmdlet;
        _pump = pump;
        Logger = new CommandLogger(cmdlet, pump);
    }

    public ILogger Logger { get; }

    public void Report(Progress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var shown = _shown.GetOrAdd(progress.Activity, _ => new Shown(Interlocked.Increment(ref _ids)));
        if (!shown.IsDue(progress.Completed, Pace))
        {
            return;
        }

        var record = new ProgressRecord(shown.Id, progress.Activity, shown.Describe(progress))
        {
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            PercentComplete = progress.Total is > 0 ? (int)Math.Clamp(progress.Done * 100 / progress.Total.Value, 0, 100) : -1,
            SecondsRemaining = shown.SecondsLeft(progress),
        };
        _pump.Post(() => _cmdlet.WriteProgress(record));
    }

    public async ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        return await _pump.AskAsync(() => _cmdlet.ShouldProcess(confirmation.Target, confirmation.Action), cancellationToken);
    }

    private sealed class Shown(int id)
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private long _last;

        public int Id => id;

        public bool IsDue(bool completed, TimeSpan pace)
        {
            var last = Interlocked.Read(ref _last);
            if (!completed && last != 0 && Stopwatch.GetElapsedTime(last) < pace)
            {
                return false;
            }

            Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
            return true;
        }

        public string Describe(Progress progress)
        {
            var rate = progress.Done / Math.Max(Stopwatch.GetElapsedTime(_begun).TotalSeconds, 0.001);
            var total = progress.Total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0}{total} {progress.Unit}, {rate:N0}/s");
        }

        public int SecondsLeft(Progress progress)
        {
            var seconds = Stopwatch.GetElapsedTime(_begun).TotalSeconds;
            return progress is { Total: { } total, Done: > 0 } && seconds > 1
                ? (int)Math.Min((total - progress.Done) * seconds / progress.Done, int.MaxValue)
                : -1;
        }
    }
}
