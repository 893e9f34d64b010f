using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>How one engine suspends and restores.</summary>
internal interface ISuspendingEngine
{
    Task<SuspendedConstraints> PlanAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken);

    /// <summary>Drops it if it is there.</summary>
    Task DropAsync(SuspendedObject item, CancellationToken cancellationToken);

    /// <summary>Makes it if it is not there; answers null, or a sentence about the rows that break it.</summary>
    Task<string?> RestoreAsync(SuspendedObject item, CancellationToken cancellationToken);

    /// <summary>A sentence about each foreign key of the table that rows break.</summary>
    Task<IReadOnlyList<string>> CheckAsync(TableName table, CancellationToken cancellationToken);
}
