namespace MigrationTools.Engine.Databases;

/// <summary>A primary or unique key.</summary>
/// <param name="Name">The constraint's name; null where the engine gives it none.</param>
/// <param name="Columns">In key order.</param>
public sealed record KeySchema(string? Name, IReadOnlyList<string> Columns)
{
    /// <summary>Two rows with NULL in the same place are twice the same (UNIQUE NULLS NOT DISTINCT; SQL:2023, feature F292).</summary>
    public bool NullsNotDistinct { get; init; }

    public bool Deferrable { get; init; }

    /// <summary>Of a deferrable one: checked at the end of every transaction, not only of those that ask for it.</summary>
    public bool InitiallyDeferred { get; init; }
}
