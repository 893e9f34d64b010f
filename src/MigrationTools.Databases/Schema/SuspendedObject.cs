using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>A key, an index or a foreign key of the target as it was found.</summary>
public sealed record SuspendedObject
{
    public required SuspendedObjectKind Kind { get; init; }

    /// <summary>The table that it belongs to: of a foreign key, the one that refers.</summary>
    public required TableName Table { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// The server's own words for it, with every name qualified: of an index the whole CREATE INDEX, of a constraint what
    /// follows ADD CONSTRAINT name.
    /// </summary>
    public required string Definition { get; init; }

    /// <summary>Its columns; empty where an expression is among them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Of a foreign key: what it refers to.</summary>
    public TableName? References { get; init; }

    public IReadOnlyList<string> ReferencedColumns { get; init; } = [];
}
