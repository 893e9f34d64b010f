namespace MigrationTools.Engine.Databases;

/// <summary>A table's or view's name, unquoted; the schema is null where the engine has none (SQLite).</summary>
public sealed record TableName(string? Schema, string Name)
{
    /// <summary><c>schema.name</c> or <c>name</c>, for people; never for SQL.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
