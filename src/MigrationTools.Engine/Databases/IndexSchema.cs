namespace MigrationTools.Engine.Databases;

/// <summary>An index.</summary>
public sealed record IndexSchema
{
    public required string Name { get; init; }

    /// <summary>Plain columns in order; an expression's place holds null.</summary>
    public required IReadOnlyList<string?> Columns { get; init; }

    public bool Unique { get; init; }

    /// <summary>The whole CREATE INDEX statement as the server gives it.</summary>
    public string? Definition { get; init; }

    /// <summary>The WHERE of a partial index, as SQL of the server.</summary>
    public string? Where { get; init; }
}
