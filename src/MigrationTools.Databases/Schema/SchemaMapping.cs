using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Which tables of a source are converted, and under which names.</summary>
/// <param name="Tables">Each source table at most once.</param>
public sealed record SchemaMapping(IReadOnlyList<TableMapping> Tables)
{
    /// <summary>Every table under its own name.</summary>
    public static SchemaMapping Everything(DatabaseSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new([.. schema.Tables.Select(table => new TableMapping(table.Name))]);
    }
}
