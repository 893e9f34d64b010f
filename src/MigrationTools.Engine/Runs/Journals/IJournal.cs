using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>The append-only, durable, hash-chained record of a run, held by its one owner.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>All entries, the appended ones included.</summary>
    IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Writes an entry; when it returns, the entry survives a power cut.</summary>
    Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken);
}
