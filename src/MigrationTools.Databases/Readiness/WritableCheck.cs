using System.Runtime.CompilerServices;
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
        return new ReadinessAnswer(info.Writable ? Verdict.Passed : Verdict.Failed, info.Writable ? "it can be written by this login" : "it can't be written by this login")
        {
            Remedy = info.Writable
                ? null
                : $"Give this login the right to write {side.Endpoint}; a standby or default_transaction_read_only also makes a server refuse writes, and a read-only file or directory does for SQLite.",
            Evidence = [new Evidence("writable by this login", info.Writable ? "yes" : "no", at) { Endpoint = side.Endpoint.Redacted }],
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
