using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Sets the target's sequences to where the source's stand: logical replication brings rows, not numbers (PostgreSQL documentation, 31.6). Taken are
/// those of the replicated tables, past the largest value, and to the place of the source's of the same name where that is farther. Prior: <c>sequences</c>.
/// </summary>
public sealed class AdvanceSequencesStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.AdvanceSequences;

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var sequences = await ReplicatedSequences.ReadAsync(databases.Target, layout, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["sequences"] = JsonSerializer.SerializeToNode(sequences, MigrationJson.Line) };
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        await DatabaseCopier.AdvanceIdentitiesAsync(databases.Target, layout.Pairs, cancellationToken).ConfigureAwait(false);
        var source = (await ReplicatedSequences.ReadAsync(databases.Source, layout, cancellationToken).ConfigureAwait(false)).ToDictionary(position => position.Sequence);
        var own = await ReplicatedSequences.ReadAsync(databases.Target, layout, cancellationToken).ConfigureAwait(false);
        var moves = own.Select(position => source.GetValueOrDefault(position.Sequence)).OfType<SequenceState>().Where(position => IsBehind(own, position)).ToList();
        await ReplicatedSequences.SetAsync(databases.Target, moves, cancellationToken).ConfigureAwait(false);
        var now = await ReplicatedSequences.ReadAsync(databases.Target, layout, cancellationToken).ConfigureAwait(false);
        var text = string.Join(", ", now.Select(position => $"{position.Sequence} {position.Last}"));
        return new StepObservation(now.Count == 0 ? "the tables have no sequences" : $"sequences stand at {text}")
        {
            Evidence = [new Evidence("last_value of the tables' sequences", text, time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject { ["sequences"] = JsonSerializer.SerializeToNode(now, MigrationJson.Line) },
        };
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "setting them again to where the source's stand is safe"));

    // One that counts downwards is farther where it is smaller; then its next value is what was not given out yet.
    private static bool IsBehind(IReadOnlyList<SequenceState> own, SequenceState source)
    {
        var position = own.First(sequence => sequence.Sequence == source.Sequence);
        return position.Last is null || source.Last > position.Last || (source.Last == position.Last && source.Used && !position.Used)
            || (source.Last < 0 && source.Last < position.Last);
    }
}
