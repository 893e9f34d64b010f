using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>Undoes <see cref="PublishStep"/>.</summary>
public sealed class UnpublishStep(DatabaseCatalog catalog) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Unpublish;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        await Publication.DropAsync(databases.Source, name, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"the publication {name} is dropped");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var name = ReplicationNames.Of(context);
        var session = await SourceSession.OpenAsync(databases.Source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        return await Publication.ReadAsync(session, name, cancellationToken).ConfigureAwait(false) is null
            ? new EffectReport(Effect.Applied, $"the source has no publication {name}")
            : new EffectReport(Effect.NotApplied, $"the source still has the publication {name}");
    }
}
