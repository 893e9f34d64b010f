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

    /// <summary>Of a deferrable one: checked at the end of every transaction, not only of those that ask for it.</summary>
    public bool InitiallyDeferred { get; init; }

    /// <summary>A row refers with all of its columns or with none (MATCH FULL); otherwise a NULL in one of them is enough to refer to nothing (MATCH SIMPLE; SQL:2016 part 2, 4.20.3.1).</summary>
    public bool MatchFull { get; init; }
}
