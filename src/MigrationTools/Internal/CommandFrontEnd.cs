using System.Collections.Concurrent;
using System.Management.Automation;
using MigrationTools.Engine.Operations;
using MigrationTools.Hosting.FrontEnds;

namespace MigrationTools.Internal;

/// <summary>
/// Shows an operation in PowerShell's streams: debug and verbose lines, milestones as Information, warnings, and a few progress records a
/// second for each activity, each completed. Errors come as error records from the command itself.
/// </summary>
internal sealed class CommandFrontEnd(PSCmdlet cmdlet, PipelinePump pump) : IFrontEnd
{
    private readonly ConcurrentDictionary<string, ShownActivity> _activities = new(StringComparer.Ordinal);
    private int _ids;

    public void Log(LogSeverity severity, string message)
    {
        switch (severity)
        {
            case LogSeverity.Debug:
                pump.Post(() => cmdlet.WriteDebug(message));
                break;
            case LogSeverity.Information:
                var source = cmdlet.MyInvocation.MyCommand.Name;
                pump.Post(() => cmdlet.WriteInformation(new InformationRecord(message, source) { Tags = { "MigrationTools" } }));
                pump.Post(() => cmdlet.WriteVerbose(message));
                break;
            case LogSeverity.Warning:
                pump.Post(() => cmdlet.WriteWarning(message));
                break;
            default:
                pump.Post(() => cmdlet.WriteVerbose(message));
                break;
        }
    }

    public void Report(Progress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var activity = _activities.GetOrAdd(progress.Activity, _ => new ShownActivity(Interlocked.Increment(ref _ids)));
        if (activity.IsDue(progress.Completed))
        {
            var record = activity.Record(progress);
            pump.Post(() => cmdlet.WriteProgress(record));
        }
    }

    public async ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        return await pump.AskAsync(() => cmdlet.ShouldProcess(confirmation.Target, confirmation.Action), cancellationToken);
    }
}
