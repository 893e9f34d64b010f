using System.Globalization;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// Proves a backup up to the level that was asked for, level by level: declared (the file is there, not the live database, not empty, young enough), verified (its own
/// tool read all of it), restored (it was restored and holds the structure and the rows of its system). The first level that is not proved ends it.
/// </summary>
public sealed class BackupVerification
{
    /// <summary>Clocks of two machines agree to so much; a file that is younger than now by more has a time that says nothing of its age.</summary>
    private static readonly TimeSpan ClockNoise = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IBackupTool> _tools;

    public BackupVerification(DatabaseCatalog catalog, TimeProvider time)
        : this(catalog, time, new PostgresPrograms())
    {
    }

    /// <param name="catalog">The engines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="programs">Where PostgreSQL's programs are.</param>
    public BackupVerification(DatabaseCatalog catalog, TimeProvider time, PostgresPrograms programs)
    {
        _time = time;
        _tools = [new SqliteBackupTool(catalog, time), new PostgresBackupTool(catalog, time, programs), new SqlDumpTool(time)];
    }

    /// <summary>What breaks while a level is being proved is an Error of that level; only cancellation is thrown.</summary>
    public async Task<BackupResult> VerifyAsync(BackupRequest request, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var started = _time.GetTimestamp();
        var backup = request.Backup;
        var live = backup.Side == EndpointSide.Source ? request.System.Source : request.System.Target;
        var result = new BackupResult { System = backup.System, Side = backup.Side, File = backup.File, Asked = backup.Proof, Verdict = Verdict.NotRun };
        try
        {
            result = await ProveAsync(backup, live, result, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or MigrationToolsException)
        {
            result = result with
            {
                Verdict = Verdict.Error,
                Message = EndpointRedaction.Redact(broken.Message),
                Remedy = $"Make the backup {backup.File} readable for this account, and {live} reachable from here.",
            };
        }

        return result with { DurationMs = (long)_time.GetElapsedTime(started).TotalMilliseconds };
    }

    private async Task<BackupResult> ProveAsync(
        BackupSpec asked, Endpoint live, BackupResult result, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var file = BackupFile.Find(asked.File);
        result = With(result, Declared(asked, file, live), BackupProof.Declared) with { Format = file?.Format ?? default, Bytes = file?.Bytes, WrittenAt = file?.WrittenAt };
        if (result.Verdict != Verdict.Passed || asked.Proof == BackupProof.Declared)
        {
            return result;
        }

        if (_tools.FirstOrDefault(tool => tool.Knows(file!.Format)) is not { } tool)
        {
            return With(result, NothingKnowsIt(asked), BackupProof.Verified);
        }

        result = With(result, await tool.VerifyAsync(file!, cancellationToken).ConfigureAwait(false), BackupProof.Verified);
        return result.Verdict == Verdict.Passed && asked.Proof == BackupProof.Restored
            ? With(result, await tool.RestoreAsync(file!, live, observer, cancellationToken).ConfigureAwait(false), BackupProof.Restored)
            : result;
    }

    private BackupStep Declared(BackupSpec asked, BackupFile? file, Endpoint live)
    {
        var now = _time.GetUtcNow();
        if (file is null)
        {
            return new BackupStep(Verdict.Failed, $"there is no backup at {asked.File}")
            {
                Remedy = $"Make a backup of {asked.System} to {asked.File}, or correct its path in the spec.",
                Evidence = [new Evidence($"file {asked.File}", "is not there", now)],
            };
        }

        if (live.Scheme == "sqlite" && FileIdentity.IsSame(file.Path, SqliteLocation.PathOf(live)))
        {
            return new BackupStep(Verdict.Failed, $"{asked.File} is the live database itself, not a backup of it")
            {
                Remedy = $"Make a backup of {asked.System} to another file (VACUUM INTO, or sqlite3's .backup), and name that in the spec.",
                Evidence = [new Evidence($"file of {asked.File}", file.Path, now) { Endpoint = live.Redacted, Expected = "another file than the database's" }],
            };
        }

        var age = now - file.WrittenAt;
        Evidence[] evidence =
        [
            new Evidence($"size of {asked.File} in bytes", file.Bytes.ToString(CultureInfo.InvariantCulture), now) { Expected = "> 0" },
            new Evidence($"time of the last write of {asked.File}", file.WrittenAt.ToString("O", CultureInfo.InvariantCulture), now)
            {
                Expected = asked.MaxAge is { } limit ? $"within {Text(limit)} before {now.ToString("O", CultureInfo.InvariantCulture)}" : null,
            },
        ];
        if (file.Bytes == 0)
        {
            return new BackupStep(Verdict.Failed, $"the backup at {asked.File} is empty") { Remedy = $"Make a new backup of {asked.System}.", Evidence = evidence };
        }

        if (asked.MaxAge is not null && age < -ClockNoise)
        {
            return new BackupStep(Verdict.Inconclusive, $"the backup was written {Text(age)} after now: one of the clocks is wrong, so its age is not known")
            {
                Remedy = "Put the clocks of this machine and of the one that made the backup right, then ask again.",
                Evidence = evidence,
            };
        }

        return age > asked.MaxAge
            ? new BackupStep(Verdict.Failed, $"the backup is {Text(age)} old, older than {Text(asked.MaxAge.Value)}") { Remedy = $"Make a new backup of {asked.System}.", Evidence = evidence }
            : new BackupStep(Verdict.Passed, $"a {file.Format} backup of {file.Bytes} bytes, {Text(age)} old") { Evidence = evidence };
    }

    private static BackupStep NothingKnowsIt(BackupSpec asked) =>
        new(Verdict.Inconclusive, "its content is nothing that is known here (a SQLite file, or a dump of pg_dump or sqlite3), so it was not read")
        {
            Remedy = $"Make a backup of {asked.System} that is a SQLite file or a dump of pg_dump --format=custom; or ask for proof: declared, which says only that a file is there.",
        };

    private static BackupResult With(BackupResult result, BackupStep step, BackupProof level) => result with
    {
        Verdict = step.Verdict,
        Reached = step.Verdict == Verdict.Passed ? level : result.Reached,
        Message = result.Message.Length == 0
            ? step.Message
            : $"{(step.Verdict == Verdict.Passed ? "" : $"{BackupResult.Word(level)} is not proved: ")}{step.Message}; {result.Message}",
        Remedy = step.Remedy,
        Evidence = [.. result.Evidence, .. step.Evidence],
    };

    private static string Text(TimeSpan time) => time.Duration() switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
    };
}
