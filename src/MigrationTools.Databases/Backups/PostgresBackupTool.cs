using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// Archives of pg_dump (custom, directory, tar): verified by pg_restore, which lists the contents and then reads all of it into nothing; restored into
/// a scratch database on the live side's own server, which is dropped after.
/// </summary>
internal sealed partial class PostgresBackupTool(DatabaseCatalog catalog, TimeProvider time, PostgresPrograms programs) : IBackupTool
{
    private readonly ProgramRunner _runner = new(time);

    public bool Knows(BackupFormat format) => format is BackupFormat.PostgresCustom or BackupFormat.PostgresDirectory or BackupFormat.PostgresTar;

    public async Task<BackupStep> VerifyAsync(BackupFile backup, CancellationToken cancellationToken)
    {
        var (listed, ofList) = await RunAsync(["--list", backup.Path], null, cancellationToken).ConfigureAwait(false);
        if (!listed.Succeeded)
        {
            return NotRead(listed, ofList);
        }

        var entries = TocEntries().Match(listed.Output);
        var list = ofList with { Observed = entries.Success ? $"{entries.Groups["count"].Value} entries" : ofList.Observed };
        var (read, ofReading) = await RunAsync(["--file", OperatingSystem.IsWindows() ? "NUL" : "/dev/null", backup.Path], null, cancellationToken).ConfigureAwait(false);
        return read.Succeeded
            ? new BackupStep(Verdict.Passed, $"pg_restore read all of it{(entries.Success ? $" ({entries.Groups["count"].Value} entries)" : "")}") { Evidence = [list, ofReading] }
            : NotRead(read, ofReading) with { Evidence = [list, ofReading] };
    }

    public async Task<BackupStep> RestoreAsync(BackupFile backup, Endpoint live, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (live.Scheme is not ("postgresql" or "postgres"))
        {
            return new BackupStep(Verdict.Inconclusive, $"an archive of pg_dump can't be restored beside {live}, so it was not held against it")
            {
                Remedy = "Name a backup of the same engine as its system.",
            };
        }

        var scratch = new PostgresScratchDatabase(catalog, live, time);
        if (await scratch.RefusalAsync(cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await scratch.CreateAsync(cancellationToken).ConfigureAwait(false);
            return await RestoreIntoAsync(backup, scratch, live, observer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await scratch.DropAsync().ConfigureAwait(false);
        }
    }

    private async Task<BackupStep> RestoreIntoAsync(
        BackupFile backup, PostgresScratchDatabase scratch, Endpoint live, IOperationObserver observer, CancellationToken cancellationToken)
    {
        // What reaches outside the scratch database, or belongs to roles that need not be here, is left out: the tables and their rows are looked at.
        string[] arguments =
        [
            "--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces", "--no-publications", "--no-subscriptions", "--no-security-labels",
            "--dbname", scratch.Name, backup.Path,
        ];
        var (restored, evidence) = await RunAsync(arguments, scratch.Endpoint, cancellationToken).ConfigureAwait(false);
        if (!restored.Succeeded)
        {
            return NotRead(restored, evidence);
        }

        var comparison = DatabaseContents.Compare(
            await DatabaseContents.ReadAsync(catalog, scratch.Endpoint, time, observer, cancellationToken).ConfigureAwait(false),
            await DatabaseContents.ReadAsync(catalog, live, time, observer, cancellationToken).ConfigureAwait(false));
        return comparison with { Evidence = [evidence, .. comparison.Evidence] };
    }

    private async Task<(ProgramOutcome Outcome, Evidence Evidence)> RunAsync(string[] arguments, Endpoint? server, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var call = new ProgramCall
        {
            Arguments = [programs.PathOf("pg_restore"), .. arguments],
            Directory = Path.GetTempPath(),
            Environment = server is null ? new Dictionary<string, string>() : LibpqEnvironment.Of(server),
        };
        var outcome = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        var observed = outcome.End == ProgramEnd.Exited ? $"exit code {outcome.ExitCode.ToString(CultureInfo.InvariantCulture)}" : null;
        return (outcome, new Evidence($"pg_restore {EndpointRedaction.Redact(string.Join(' ', arguments))}", observed, at) { Expected = "exit code 0", Endpoint = server?.Redacted });
    }

    private static BackupStep NotRead(ProgramOutcome outcome, Evidence evidence)
    {
        var said = EndpointRedaction.Redact(outcome.Error.Trim());
        if (outcome.End == ProgramEnd.NotStarted)
        {
            return new BackupStep(Verdict.Inconclusive, $"pg_restore could not be started, so the backup was not read ({said})")
            {
                Remedy = "Install PostgreSQL's client programs, of the version of the server or newer, and put them on the PATH.",
            };
        }

        // An archive of a newer pg_dump is not damaged; this pg_restore only can't tell.
        return said.Contains("unsupported version", StringComparison.Ordinal)
            ? new BackupStep(Verdict.Inconclusive, $"pg_restore is older than the backup: {said}")
            {
                Remedy = "Install PostgreSQL's client programs of at least the version that made the backup.",
                Evidence = [evidence],
            }
            : new BackupStep(Verdict.Failed, $"pg_restore failed: {said}")
            {
                Remedy = "Make a new backup; this one can't be relied on.",
                Evidence = [evidence],
            };
    }

    [GeneratedRegex(@"^;\s+TOC Entries: (?<count>\d+)\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex TocEntries();
}
