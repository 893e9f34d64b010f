using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// Dumps in SQL: there is no tool that reads one without running it, and running it is not safe beside the live side (it may connect elsewhere, or
/// drop what it finds). Only a torn one can be told.
/// </summary>
internal sealed class SqlDumpTool(TimeProvider time) : IBackupTool
{
    private const string UseAnArchive =
        "Make the backup with pg_dump --format=custom (or as a SQLite file, with VACUUM INTO), which can be read through and restored; or ask for proof: declared, which says only that a file is there.";

    public bool Knows(BackupFormat format) => format is BackupFormat.PostgresSql or BackupFormat.SqliteSql;

    public Task<BackupStep> VerifyAsync(BackupFile backup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var ends = backup.EndsAsADumpEnds();
        Evidence[] evidence = [new Evidence($"end of {backup.Path}", ends ? "ends as its tool ends a dump" : "ends in the middle", time.GetUtcNow()) { Expected = "ends as its tool ends a dump" }];
        return Task.FromResult(ends
            ? new BackupStep(Verdict.Inconclusive, "it is a dump in SQL that ends as it should; no tool reads one through without running it") { Remedy = UseAnArchive, Evidence = evidence }
            : new BackupStep(Verdict.Failed, "it is a dump in SQL that ends in the middle") { Remedy = "Make a new backup; this one was cut off.", Evidence = evidence });
    }

    public Task<BackupStep> RestoreAsync(BackupFile backup, Endpoint live, IOperationObserver observer, CancellationToken cancellationToken) =>
        Task.FromResult(new BackupStep(Verdict.Inconclusive, "a dump in SQL is not run here") { Remedy = UseAnArchive });
}
