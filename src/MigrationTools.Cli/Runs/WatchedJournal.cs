using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Cli.Runs;

/// <summary>A journal that tells a watcher of every entry, after it is safe.</summary>
internal sealed class WatchedJournal(RunHandle run, IRunWatcher watcher) : IJournal
{
    public IReadOnlyList<JournalEntry> Entries => run.Journal.Entries;

    public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
    {
        var entry = await run.Journal.AppendAsync(kind, step, data, cancellationToken);
        watcher.Appended(run, entry);
        return entry;
    }

    public ValueTask DisposeAsync() => run.Journal.DisposeAsync();
}
