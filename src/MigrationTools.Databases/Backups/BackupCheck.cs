using System.Runtime.CompilerServices;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Backups;

/// <summary>Whether the backup that the spec asks for is there and proved to the level that it asks for.</summary>
public sealed class BackupCheck(BackupVerification verification, TimeProvider time) : IReadinessCheck
{
    public string Category => "backup";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Readiness.Backup is not { } backup)
        {
            yield break;
        }

        var side = backup.Side == EndpointSide.Source ? "source" : "target";
        var question = new ReadinessQuestion($"backup:{backup.System}.{side}", $"there is a backup of {backup.System}, {BackupResult.Word(backup.Proof)}", Category)
        {
            System = backup.System,
        };
        yield return await question.AskAsync(
            spec,
            time,
            async token =>
            {
                var system = spec.Databases.FirstOrDefault(candidate => candidate.Name == backup.System)
                    ?? throw new InvalidRequestException($"readiness.backup is of '{backup.System}', which is not a database system of the spec.");
                var result = await verification.VerifyAsync(new BackupRequest { Backup = backup, System = system }, observer, token).ConfigureAwait(false);
                return new ReadinessAnswer(result.Verdict, result.Message) { Remedy = result.Remedy, Evidence = result.Evidence };
            },
            cancellationToken).ConfigureAwait(false);
    }
}
