using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>Undoes <see cref="AdvanceSequencesStep"/>: each sequence stands where it stood before.</summary>
public sealed class RestoreSequencesStep(DatabaseCatalog catalog) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.RestoreSequences;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var moved = await MovedAsync(databases, context.Prior, cancellationToken).ConfigureAwait(false);
        await ReplicatedSequences.SetAsync(databases.Target, moved, cancellationToken).ConfigureAwait(false);
        return new StepObservation($"{moved.Count} sequences are back where they stood");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var moved = await MovedAsync(databases, context.Prior, cancellationToken).ConfigureAwait(false);
        return moved.Count == 0
            ? new EffectReport(Effect.Applied, "the sequences stand where they stood")
            : new EffectReport(Effect.Partial, $"not where they stood: {string.Join(", ", moved.Select(position => position.Sequence))}") { Continuable = true };
    }

    private static async Task<List<SequenceState>> MovedAsync(DatabasePair databases, JsonObject prior, CancellationToken cancellationToken)
    {
        if (prior["sequences"].Deserialize<List<SequenceState>>(MigrationJson.Line) is not { Count: > 0 } before
            || !await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var snapshot = await databases.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        var now = (await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(position => position.Sequence);
        return before.FindAll(position => now.TryGetValue(position.Sequence, out var stands) && stands != position);
    }
}
