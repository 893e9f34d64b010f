using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether every target can hold all of Unicode: UTF-8, or UTF-16 in a SQLite file.</summary>
public sealed class EncodingCheck(DatabaseCatalog catalog, TimeProvider time) : IReadinessCheck
{
    public string Category => "encoding";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var side in DatabaseSide.Of(spec).Where(side => side.Side == EndpointSide.Target))
        {
            var question = new ReadinessQuestion($"encoding:{side.Id}", $"{side.System.Name} ({side.Word}) holds all of Unicode", Category)
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
            return new ReadinessAnswer(Verdict.Passed, "there is no file yet; SQLite makes it in UTF-8 (sqlite.org/pragma.html, encoding)")
            {
                Evidence = [side.SeenOfFile($"file {file}", "is not there", time)],
            };
        }

        var at = time.GetUtcNow();
        var encoding = (await database.GetServerInfoAsync(cancellationToken).ConfigureAwait(false)).Encoding;
        Evidence[] evidence = [new Evidence("text encoding of the database", encoding, at) { Endpoint = side.Endpoint.Redacted, Expected = "UTF8" }];
        return encoding is null
            ? new ReadinessAnswer(Verdict.Inconclusive, "the server does not say its encoding")
            {
                Remedy = $"Ask {side.Endpoint} for its encoding by hand, and skip this check with that as the reason.",
                Evidence = evidence,
            }
            : HoldsUnicode(encoding)
                ? new ReadinessAnswer(Verdict.Passed, $"its encoding is {encoding}") { Evidence = evidence }
                : new ReadinessAnswer(Verdict.Failed, $"its encoding is {encoding}, which can't hold every character of the source")
                {
                    Remedy = $"Create the target's database anew with ENCODING 'UTF8' (and TEMPLATE template0): {side.Endpoint}.",
                    Evidence = evidence,
                };
    }

    private static bool HoldsUnicode(string encoding) => encoding.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "UTF16LE" or "UTF16BE";
}
