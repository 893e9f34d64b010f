using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>What only the text of a CREATE TABLE statement tells: names of constraints, checks, deferral, generation.</summary>
internal sealed class SqliteTableSource
{
    public List<CheckSchema> Checks { get; } = [];

    public string? PrimaryKeyName { get; set; }

    public bool Autoincrement { get; set; }

    /// <summary>In the order of the statement.</summary>
    public List<KeySchema> UniqueKeys { get; } = [];

    /// <summary>In the order of the statement.</summary>
    public List<ForeignKey> ForeignKeys { get; } = [];

    /// <summary>Expressions of generated columns, by column.</summary>
    public Dictionary<string, string> Generated { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Collations that columns name, by column.</summary>
    public Dictionary<string, string> Collations { get; } = new(StringComparer.OrdinalIgnoreCase);

    public sealed record ForeignKey(string? Name, IReadOnlyList<string> Columns)
    {
        public bool Deferrable { get; set; }

        public bool InitiallyDeferred { get; set; }
    }
}
