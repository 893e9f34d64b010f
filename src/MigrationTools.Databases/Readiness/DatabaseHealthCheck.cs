using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether both sides of every database system can be reached, and which version answers.</summary>
public sealed class DatabaseHealthCheck(DatabaseCatalog catalog, TimeProvider time) : IReadinessCheck
{
    public string Category => "health";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var side in DatabaseSide.Of(spec))
        {
            var question = new ReadinessQuestion($"health:{side.Id}", $"{side.System.Name} ({side.Word}) can be reached", Category)
            {
                System = side.System.Name,
                RemedyOnError = $"Start the server behind {side.Endpoint}, make it reachable from here, and check the login.",
            };
            yield return await question.AskAsync(spec, time, token => side.AskAsync(catalog, database => LookAsync(side, database, token)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ReadinessAnswer> LookAsync(DatabaseSide side, IDatabase database, CancellationToken cancellationToken)
    {
        if (!await database.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return side.File is { } file && side.Side == EndpointSide.Target ? DirectoryOf(side, file) : Missing(side);
        }

        var at = time.GetUtcNow();
        var info = await database.GetServerInfoAsync(cancellationToken).ConfigureAwait(false);
        var seen = $"{info.Product} {info.Version}";
        return new ReadinessAnswer(Verdict.Passed, $"{seen} answers")
        {
            Evidence = [new Evidence("version of the server", seen, at) { Endpoint = side.Endpoint.Redacted }],
        };
    }

    // The run makes the file; until then its directory is what can be reached.
    private ReadinessAnswer DirectoryOf(DatabaseSide side, string file)
    {
        var directory = Path.GetDirectoryName(file)!;
        var isThere = Directory.Exists(directory);
        return new ReadinessAnswer(isThere ? Verdict.Passed : Verdict.Failed,
            isThere ? "there is no file yet; its directory is there" : $"there is neither the file nor its directory {directory}")
        {
            Remedy = isThere ? null : $"Make the directory {directory}, or correct the target's path.",
            Evidence = [side.SeenOfFile($"directory {directory}", isThere ? "is there" : "is not there", time)],
        };
    }

    private ReadinessAnswer Missing(DatabaseSide side) => new(Verdict.Failed, $"there is no database behind {side.Endpoint}")
    {
        Remedy = side.File is null
            ? $"Create the database of {side.Endpoint}, or correct its name."
            : $"Put the database file where {side.Endpoint} says, or correct the path.",
        Evidence = [side.SeenOfFile("existence of the database", "is not there", time)],
    };
}
