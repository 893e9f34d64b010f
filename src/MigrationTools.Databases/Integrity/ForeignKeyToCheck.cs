using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>A foreign key to be looked at in a database, whether that database declares it or not.</summary>
internal sealed record ForeignKeyToCheck
{
    public required TableSchema Table { get; init; }

    public required ForeignKeySchema Key { get; init; }

    /// <summary>The referenced table; null where the schema lists none of that name.</summary>
    public TableSchema? Parent { get; init; }

    public bool Declared { get; init; } = true;

    /// <summary>Set where it can't be followed: the verdict that stands without looking, and why.</summary>
    public (Verdict Verdict, string Why)? Unfollowed { get; init; }

    public string Name => Key.Name ?? $"{Table.Name}({string.Join(", ", Key.Columns)})";
}
