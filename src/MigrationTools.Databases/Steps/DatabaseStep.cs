using System.Text.Json.Nodes;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>What the database steps share: opening the system's two databases for as long as the step works.</summary>
public abstract class DatabaseStep(DatabaseCatalog catalog) : IStepAction
{
    public abstract string Verb { get; }

    public virtual bool Lapses => false;

    public async Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var databases = Open(context);
        await using var dispose = databases.ConfigureAwait(false);
        return await CaptureAsync(databases, context, cancellationToken).ConfigureAwait(false);
    }

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var databases = Open(context);
        await using var dispose = databases.ConfigureAwait(false);
        return await ExecuteAsync(databases, context, cancellationToken).ConfigureAwait(false);
    }

    public async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var databases = Open(context);
        await using var dispose = databases.ConfigureAwait(false);
        return await LookAsync(databases, context, cancellationToken).ConfigureAwait(false);
    }

    protected virtual Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new JsonObject());

    protected abstract Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken);

    protected abstract Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken);

    private DatabasePair Open(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<DatabaseSystemSpec>();
        return new DatabasePair(system, catalog.Open(system.Source), catalog.Open(system.Target));
    }
}
