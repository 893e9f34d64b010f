using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Backups;

/// <summary>A backup to be proved.</summary>
public sealed record BackupRequest
{
    /// <summary>The file, its age, and how much is to be proved.</summary>
    public required BackupSpec Backup { get; init; }

    /// <summary>The system that it is a backup of.</summary>
    public required DatabaseSystemSpec System { get; init; }
}
