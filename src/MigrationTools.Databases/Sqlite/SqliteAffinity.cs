namespace MigrationTools.Databases.Sqlite;

/// <summary>What SQLite turns values into when a column takes them (sqlite.org/datatype3.html, 3.1).</summary>
internal enum SqliteAffinity
{
    /// <summary>Takes every value as it is.</summary>
    None = 0,
    Text,
    Numeric,
    Integer,
    Real,
}
