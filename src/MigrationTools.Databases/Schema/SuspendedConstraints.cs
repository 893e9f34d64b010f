using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>
/// What of some tables is to be dropped before they are loaded and made again after it. Plain data: journal it (as JSON) before
/// anything is dropped, and whatever happens then, it can be restored from the journal.
/// </summary>
public sealed record SuspendedConstraints
{
    /// <summary>The dialect's name of the engine that it was read from.</summary>
    public required string Engine { get; init; }

    /// <summary>In the order in which they are made again; they are dropped in the opposite order.</summary>
    public required IReadOnlyList<SuspendedObject> Objects { get; init; }

    /// <summary>Tables whose foreign keys stay but are not enforced while they are loaded (SQLite), and are checked on restore.</summary>
    public IReadOnlyList<TableName> ToCheck { get; init; } = [];

    /// <summary>What stays in place although it slows the load, each with the reason.</summary>
    public IReadOnlyList<string> LeftInPlace { get; init; } = [];
}
