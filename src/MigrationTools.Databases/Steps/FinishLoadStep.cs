using System.Text.Json.Nodes;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Puts back what was put aside, so that the server checks every row, and moves what the server numbers past the copied values. Prior: <c>suspended</c>.</summary>
public sealed class FinishLoadStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.FinishLoad;

    protected override Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var suspend = context.Observed.First(step => step.Key.EndsWith($"-{DatabaseStepNames.SuspendConstraints}:{context.Step.System}", StringComparison.Ordinal));
        return Task.FromResult(new JsonObject { ["suspended"] = suspend.Value["suspended"]?.DeepClone() });
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var suspended = SuspendConstraintsStep.Read(context.Prior);
        await ConstraintSuspension.RestoreAsync(databases.Target, suspended, cancellationToken).ConfigureAwait(false);
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var advanced = await DatabaseCopier.AdvanceIdentitiesAsync(databases.Target, layout.Pairs, cancellationToken).ConfigureAwait(false);
        var followed = await SequencePositions.FollowAsync(databases.Source, databases.Target, layout.Pairs, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"{suspended.Objects.Count} keys and indexes are back and checked by the server; "
            + (advanced.Count == 0 ? "no sequence had to be moved" : $"sequences moved past the largest value: {string.Join(", ", advanced)}")
            + (followed.Count == 0 ? "" : $"; moved on to where the source's stand: {string.Join(", ", followed)}"))
        {
            Evidence = [new Evidence("constraints made again over all rows", string.Join(", ", suspended.Objects.Select(item => item.Name)), time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
        };
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "what is in place already is passed over, so it is safe to do again"));
}
