using System.Collections.Concurrent;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Notifications;

/// <summary>
/// Tells people what runs do while they do it: as a watcher of the store of runs it hears what happens, as their log it learns where to say that a
/// notification failed. Whatever goes wrong here is a warning in the run's log; no run stops or waits for it, but for some seconds at its end.
/// </summary>
/// <param name="sender">Sends.</param>
/// <param name="store">Where specs of runs that are taken over are read.</param>
/// <param name="log">The log of runs, which this one stands before.</param>
/// <param name="farewell">How long the end of a run waits for what is still to be sent.</param>
/// <param name="time">For that.</param>
public sealed class RunNotifier(NotificationSender sender, IRunStore store, IRunLog log, TimeSpan farewell, TimeProvider time) : IRunWatcher, IRunLog
{
    private readonly ConcurrentDictionary<string, RunAnnouncer> _runs = new(StringComparer.Ordinal);

    public async ValueTask TakenAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var told = spec ?? await store.ReadSpecAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        if (told.Notify.Count > 0)
        {
            _runs[run.RunId] = new RunAnnouncer(sender, told, farewell, time);
        }
    }

    public ValueTask AppendedAsync(RunHandle run, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entry);
        return _runs.TryGetValue(run.RunId, out var announcer) ? announcer.HearAsync(run, entry) : ValueTask.CompletedTask;
    }

    public async ValueTask ReleasingAsync(RunHandle run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_runs.TryRemove(run.RunId, out var announcer))
        {
            await announcer.DisposeAsync().ConfigureAwait(false);
        }
    }

    public IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer)
    {
        var attached = log.Attach(runId, runDirectory, observer);
        if (_runs.TryGetValue(runId, out var announcer))
        {
            announcer.Logger = attached.Logger;
        }

        return attached;
    }
}
