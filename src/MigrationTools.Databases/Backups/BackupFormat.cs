using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Backups;

/// <summary>What a backup's file is, told by its content.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupFormat>))]
public enum BackupFormat
{
    /// <summary>Nothing that is known here.</summary>
    Unknown = 0,

    /// <summary>A SQLite database file.</summary>
    SqliteFile,

    /// <summary>pg_dump --format=custom.</summary>
    PostgresCustom,

    /// <summary>pg_dump --format=directory.</summary>
    PostgresDirectory,

    /// <summary>pg_dump --format=tar.</summary>
    PostgresTar,

    /// <summary>SQL statements of pg_dump --format=plain.</summary>
    PostgresSql,

    /// <summary>SQL statements of sqlite3's .dump.</summary>
    SqliteSql,
}
