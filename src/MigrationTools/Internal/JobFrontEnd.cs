using System.Collections.Concurrent;
using System.Management.Automation;
using MigrationTools.Engine.Operations;
using MigrationTools.Hosting.FrontEnds;

namespace MigrationTools.Internal;

/// <summary>Shows an operation in the streams of its job, as <see cref="CommandFrontEnd"/> does at the prompt.</summary>
internal sealed class JobFrontEnd(Job job) : IFrontEnd
{
    private readonly ConcurrentDictionary<string, ShownActivity> _activities = new(StringComparer.Ordinal);
    private int _ids;

    public void Log(LogSeverity severity, string message)
    {
        switch (severity)
        {
            case LogSeverity.Debug:
                job.Debug.Add(new DebugRecord(message));
                break;
            case LogSeverity.Information:
                job.Information.Add(new InformationRecord(message, job.Name) { Tags = { "MigrationTools" } });
                job.Verbose.Add(new VerboseRecord(message));
                break;
            case LogSeverity.Warning:
                job.Warning.Add(new WarningRecord(message));
                break;
            default:
                job.Verbose.Add(new VerboseRecord(message));
                break;
        }
    }

    public void Report(Progress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var activity = _activities.GetOrAdd(progress.Activity, _ => new ShownActivity(Interlocked.Increment(ref _ids)));
        if (activity.IsDue(progress.Completed))
        {
            job.Progress.Add(activity.Record(progress));
        }
    }

    // Who began the job was asked before it began; nobody is there to be asked now.
    public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
