using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>Takes the word away again.</summary>
internal sealed class RemoveWord(World world) : IStepAction
{
    public string Verb => "test.remove";

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var word = context.Action.Parameters["word"]!.GetValue<string>();
        world.Executed.Add("-" + word);
        world.Words.Remove(word);
        world.WhenRemoved(word);
        return Task.FromResult(new StepObservation($"removed {word}")
        {
            Checks = world.Undone.TryGetValue(word, out var verdict) ? [new CheckResult { Id = $"undone:{word}", Name = word, Verdict = verdict }] : [],
        });
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var word = context.Action.Parameters["word"]!.GetValue<string>();
        return Task.FromResult(new EffectReport(world.Words.Contains(word) ? Effect.NotApplied : Effect.Applied, $"looked for {word}"));
    }
}
