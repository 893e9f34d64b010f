namespace MigrationTools.Engine.Databases;

/// <summary>A foreign key.</summary>
public sealed record ForeignKeySchema
{
    /// <summary>The constraint's name; null where the engine gives it none.</summary>
    public string? Name { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required TableName References { get; init; }

    /// <summary>As many as <see cref="Columns"/>, in the same order.</summary>
    public required IReadOnlyList<string> ReferencedColumns { get; init; }

    /// <summary>NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT.</summary>
    public string OnDelete { get; init; } = "NO ACTION";

    public string OnUpdate { get; init; } = "NO ACTION";

    public bool Deferrable { get; init; }
}
