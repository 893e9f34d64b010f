using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Copying;

/// <summary>What all tables of a copy share.</summary>
internal sealed record CopyContext
{
    public required IDatabase Source { get; init; }

    public required IDatabase Target { get; init; }

    public required IDatabaseSnapshot Snapshot { get; init; }

    public required CopyOptions Options { get; init; }

    public required IOperationObserver Observer { get; init; }

    public required RowThrottle Throttle { get; init; }

    public required RejectionBudget Budget { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>By target table.</summary>
    public required IReadOnlyDictionary<string, string> RejectedPaths { get; init; }
}
