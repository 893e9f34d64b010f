namespace MigrationTools.Engine.Databases;

/// <summary>A column to read.</summary>
/// <param name="Name">Its name in the result.</param>
/// <param name="Type">What to read it as: the column's own type, or (for an expression) the type the caller expects.</param>
public sealed record ReadColumn(string Name, LogicalType Type)
{
    /// <summary>SQL of the source engine that gives the value; null reads the column of that name.</summary>
    public string? Expression { get; init; }

    /// <summary>Asks the server to give the value as its text (for a type that the other side does not have).</summary>
    public bool AsText { get; init; }
}
