using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Runs.Watching;

/// <summary>A journal that tells a watcher of every entry, after it is safe.</summary>
internal sealed class WatchedJournal(RunHandle run, IRunWatcher watcher) : IJournal
{
    public IReadOnlyList<JournalEntry> Entries => run.Journal.Entries;

    public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        var entry = await run.Journal.AppendAsync(kind, step, data, cancellationToken).ConfigureAwait(false);
        await watcher.AppendedAsync(run, entry).ConfigureAwait(false);
        return entry;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await watcher.ReleasingAsync(run).ConfigureAwait(false);
        }
        finally
        {
            await run.Journal.DisposeAsync().ConfigureAwait(false);
        }
    }
}
