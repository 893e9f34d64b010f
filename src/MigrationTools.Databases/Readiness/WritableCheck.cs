using System.Runtime.CompilerServices;
using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether every target can be written, and every source that the run must fence (fence: readOnly).</summary>
public sealed class WritableCheck(DatabaseCatalog catalog, TimeProvider time) : IReadinessCheck
{
    public string Category => "writable";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var side in DatabaseSide.Of(spec).Where(side => side.Side == EndpointSide.Target || side.System.Fence == FenceMode.ReadOnly))
        {
            var question = new ReadinessQuestion($"writable:{side.Id}", $"{side.System.Name} ({side.Word}) can be written", Category)
            {
                System = side.System.Name,
                RemedyOnError = $"Make {side.Endpoint} reachable first.",
            };
            yield return await question.AskAsync(spec, time, token => side.AskAsync(catalog, database => LookAsync(side, database, token)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ReadinessAnswer> LookAsync(DatabaseSide side, IDatabase database, CancellationToken cancellationToken)
    {
        if (side.File is { } file && !File.Exists(file))
        {
            return ByMakingAFile(side, Path.GetDirectoryName(file)!);
        }

        var at = time.GetUtcNow();
        var info = await database.GetServerInfoAsync(cancellationToken).ConfigureAwait(false);
        var takes = new Evidence("whether the server takes writes", info.Writable ? "yes" : "no", at) { Endpoint = side.Endpoint.Redacted, Expected = "yes" };
        if (!info.Writable)
        {
            return new ReadinessAnswer(Verdict.Failed, "it can't be written")
            {
                Remedy = $"Make {side.Endpoint} writable for this login: a standby or default_transaction_read_only makes a server refuse writes, a read-only file or directory does for SQLite.",
                Evidence = [takes],
            };
        }

        return database.Dialect.Name == "postgresql"
            ? await RightsAsync(side, database, takes, cancellationToken).ConfigureAwait(false)
            : new ReadinessAnswer(Verdict.Passed, "it can be written") { Evidence = [takes] };
    }

    // A server that takes writes need not take them from this login: tables are made in the target's schema, and a fence is a setting of the source's database.
    private async Task<ReadinessAnswer> RightsAsync(DatabaseSide side, IDatabase database, Evidence takes, CancellationToken cancellationToken)
    {
        var (sql, remedy) = side.Side == EndpointSide.Target
            ? ("SELECT pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'CREATE')",
                $"Give this login the right to make tables on {side.Endpoint}: GRANT CREATE ON SCHEMA … TO it, and see that its search_path names a schema.")
            : ("SELECT pg_catalog.pg_has_role(datdba, 'USAGE') FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()",
                $"Log in to {side.Endpoint} as the database's owner, or choose fence: observe.");
        var look = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        await using var ofLook = look.ConfigureAwait(false);
        var (may, evidence) = await look.ScalarAsync(sql, cancellationToken).ConfigureAwait(false);
        return new ReadinessAnswer(may == "t" ? Verdict.Passed : Verdict.Failed, may == "t" ? "it can be written by this login" : "this login has not the right that the run needs")
        {
            Remedy = may == "t" ? null : remedy,
            Evidence = [takes, evidence with { Expected = "t" }],
        };
    }

    // Rights on a directory are not to be guessed from attributes: only making a file in it shows them.
    private ReadinessAnswer ByMakingAFile(DatabaseSide side, string directory)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(directory, $".migrationtools-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new ReadinessAnswer(Verdict.Failed, $"no file can be made in {directory}: {refused.Message}")
            {
                Remedy = $"Make the directory {directory}, give this account the right to write it, or name another target.",
                Evidence = [side.SeenOfFile($"make a file in {directory}", "refused", time)],
            };
        }

        return new ReadinessAnswer(Verdict.Passed, "there is no file yet, and one can be made in its directory")
        {
            Evidence = [side.SeenOfFile($"make a file in {directory} and take it away again", "done", time)],
        };
    }
}
