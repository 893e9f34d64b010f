using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// Backups that are SQLite files: verified by SQLite's own integrity_check on the file, opened read-only; restored by copying the file (with its
/// -wal, if it has one) to a private temporary directory.
/// </summary>
internal sealed class SqliteBackupTool(DatabaseCatalog catalog, TimeProvider time) : IBackupTool
{
    public bool Knows(BackupFormat format) => format == BackupFormat.SqliteFile;

    public async Task<BackupStep> VerifyAsync(BackupFile backup, CancellationToken cancellationToken)
    {
        var database = catalog.Open(EndpointOf(backup.Path));
        await using var ofDatabase = database.ConfigureAwait(false);
        string? answer;
        Evidence evidence;
        try
        {
            var look = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
            await using var ofLook = look.ConfigureAwait(false);
            (answer, evidence) = await look.ScalarAsync("PRAGMA integrity_check", cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException damaged) when (IsDamage(damaged))
        {
            return Damaged(damaged.Message, []);
        }

        evidence = evidence with { Expected = "ok" };
        return answer == "ok"
            ? new BackupStep(Verdict.Passed, "SQLite read all of it and found it whole") { Evidence = [evidence] }
            : Damaged($"SQLite found it damaged: {answer}", [evidence]);
    }

    public async Task<BackupStep> RestoreAsync(BackupFile backup, Endpoint live, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (live.Scheme != "sqlite")
        {
            return new BackupStep(Verdict.Inconclusive, $"a SQLite file can't be restored as {live}, so it was not held against it")
            {
                Remedy = "Name a backup of the same engine as its system.",
            };
        }

        var scratch = Directory.CreateTempSubdirectory("migrationtools-restore-");
        try
        {
            var copy = Path.Combine(scratch.FullName, "restored.db");
            await CopyAsync(backup.Path, copy, cancellationToken).ConfigureAwait(false);
            if (File.Exists(backup.Path + "-wal"))
            {
                await CopyAsync(backup.Path + "-wal", copy + "-wal", cancellationToken).ConfigureAwait(false);
            }

            return DatabaseContents.Compare(
                await DatabaseContents.ReadAsync(catalog, EndpointOf(copy), time, observer, cancellationToken).ConfigureAwait(false),
                await DatabaseContents.ReadAsync(catalog, live, time, observer, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var source = File.OpenRead(from);
        await using var ofSource = source.ConfigureAwait(false);
        var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        await using var ofTarget = target.ConfigureAwait(false);
        await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private static BackupStep Damaged(string message, IReadOnlyList<Evidence> evidence) => new(Verdict.Failed, message)
    {
        Remedy = "Make a new backup (VACUUM INTO, or sqlite3's .backup); this one can't be relied on.",
        Evidence = evidence,
    };

    // SQLITE_CORRUPT and SQLITE_NOTADB, with or without an extended code (sqlite.org/rescode.html).
    private static bool IsDamage(DatabaseException error) =>
        int.TryParse(error.ServerCode, System.Globalization.CultureInfo.InvariantCulture, out var code) && (code & 0xFF) is 11 or 26;

    private static Endpoint EndpointOf(string path) =>
        Endpoint.Parse("sqlite://" + string.Join('/', Path.GetFullPath(path).Replace('\\', '/').Split('/').Select(Uri.EscapeDataString)).Insert(0, OperatingSystem.IsWindows() ? "/" : ""), "/");
}
