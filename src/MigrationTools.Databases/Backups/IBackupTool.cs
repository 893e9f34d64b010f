using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Backups;

/// <summary>What can be proved of backups of some formats. Another format is another of these, and a line where they are made.</summary>
internal interface IBackupTool
{
    bool Knows(BackupFormat format);

    /// <summary>Reads it all and says whether it is whole. Never changes it.</summary>
    Task<BackupStep> VerifyAsync(BackupFile backup, CancellationToken cancellationToken);

    /// <summary>Restores it to a scratch place, holds that against the live side, and takes the scratch place away again.</summary>
    Task<BackupStep> RestoreAsync(BackupFile backup, Endpoint live, IOperationObserver observer, CancellationToken cancellationToken);
}
