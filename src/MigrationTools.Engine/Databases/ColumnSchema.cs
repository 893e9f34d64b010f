namespace MigrationTools.Engine.Databases;

/// <summary>A column's structure.</summary>
public sealed record ColumnSchema
{
    public required string Name { get; init; }

    /// <summary>The type by meaning.</summary>
    public required LogicalType Type { get; init; }

    /// <summary>The type as the server writes it, such as <c>numeric(12,2)</c>.</summary>
    public required string ServerType { get; init; }

    public bool Nullable { get; init; } = true;

    /// <summary>The default as SQL of the server; null where there is none (or it is the identity's).</summary>
    public string? Default { get; init; }

    /// <summary>The server numbers it: identity, serial, or SQLite's INTEGER PRIMARY KEY.</summary>
    public bool Identity { get; init; }

    /// <summary>Computed by the server: can be compared, is not copied.</summary>
    public bool Generated { get; init; }

    /// <summary>Collation as the server names it; null for its default.</summary>
    public string? Collation { get; init; }
}
