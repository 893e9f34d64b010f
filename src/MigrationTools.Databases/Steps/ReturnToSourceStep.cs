using System.Text.Json;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Before anything of the target is taken away: looks whether it was written to since cut-over, and stops unless that may be lost.</summary>
public sealed class ReturnToSourceStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog), ILossCheck
{
    public override string Verb => DatabaseStepNames.ReturnToSource;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!context.Observed.TryGetValue(context.Step.Id, out var data) || data["target"] is null)
        {
            return new StepObservation("the run was cut off before cut-over was done: the target did not count yet");
        }

        var atCutOver = data["target"].Deserialize<DatabaseFingerprint>(MigrationJson.Line);
        var now = await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false)
            ? await DatabaseFingerprinter.TakeAsync(databases.Target, null, context.Observer, cancellationToken).ConfigureAwait(false)
            : null;
        var differences = FingerprintDifference.Describe(atCutOver, now);
        if (differences.Count > 0 && !context.AcceptDataLoss)
        {
            throw new RollbackWouldLoseDataException(
                $"{databases.Target.Endpoint} was changed since cut-over: {string.Join("; ", differences.Take(10))}. A rollback would lose that. Save it first, or say that it may be lost (--accept-data-loss; in PowerShell -AcceptDataLoss).");
        }

        return new StepObservation(differences.Count == 0
            ? "the target was not written to since cut-over"
            : $"accepted as lost: {string.Join("; ", differences)}")
        {
            Evidence = [new Evidence("fingerprint of the target", now is null ? "no database" : $"schema {now.SchemaHash}", time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
        };
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.Applied, "the target was read and held against cut-over"));
}
