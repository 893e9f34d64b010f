using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>What the tables of one comparison share.</summary>
internal sealed class ComparisonScope
{
    public required ComparisonOptions Options { get; init; }

    public required IOperationObserver Observer { get; init; }

    public required ComparisonPace Pace { get; init; }

    /// <summary>Parts of a table compared at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Null where nothing is noted.</summary>
    public ComparisonState? State { get; init; }

    /// <summary>The databases, for looking at rows again in new snapshots; null where that can't be.</summary>
    public (IDatabase Source, IDatabase Target)? Databases { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancelled by whoever asked for the comparison.</summary>
    public CancellationToken Stopped { get; init; }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Timeout { get; init; }

    public bool TimedOut => Timeout.IsCancellationRequested;
}
