using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>How one table's structure is taken.</summary>
/// <param name="Source">Its name on the source, exactly as the source's schema has it.</param>
public sealed record TableMapping(TableName Source)
{
    /// <summary>Its name on the target; null for the same name. Without a schema it means the target engine's default one.</summary>
    public TableName? Target { get; init; }

    /// <summary>Source column → target column, for those that are renamed.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Source columns that are not taken.</summary>
    public IReadOnlyCollection<string> Dropped { get; init; } = [];
}
