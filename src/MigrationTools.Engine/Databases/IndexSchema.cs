namespace MigrationTools.Engine.Databases;

/// <summary>An index.</summary>
public sealed record IndexSchema
{
    public required string Name { get; init; }

    /// <summary>Plain columns in order; an expression's place holds null.</summary>
    public required IReadOnlyList<string?> Columns { get; init; }

    public bool Unique { get; init; }

    /// <summary>Whether rows of a range of its first column are found by it, which an index by hashes or by ranges of blocks is not made for, nor one that the server has marked invalid.</summary>
    public bool FindsRanges { get; init; } = true;

    /// <summary>The whole CREATE INDEX statement as the server gives it.</summary>
    public string? Definition { get; init; }

    /// <summary>The WHERE of a partial index, as SQL of the server.</summary>
    public string? Where { get; init; }
}
