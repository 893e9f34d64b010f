using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>How much is known of a backup.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupProof>))]
public enum BackupProof
{
    /// <summary>Its file is there, is not empty and is young enough.</summary>
    Declared = 0,

    /// <summary>Its content was read through by its own tool and is whole (SQLite integrity_check; pg_restore --list and a full read).</summary>
    Verified,

    /// <summary>It was restored to a scratch place and holds the same tables and rows as its system had.</summary>
    Restored,
}
