using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>Adds the word of its parameters to the world.</summary>
internal sealed class AddWord(World world) : IStepAction
{
    public string Verb => "test.add";

    public bool Lapses => world.Lapses;

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new JsonObject { ["had"] = world.Words.Contains(Word(context)) });

    public Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var word = Word(context);
        if (world.Cancels.TryGetValue(word, out var cancel))
        {
            cancel.Cancel();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (world.Breaks.Remove(word, out var broken))
        {
            throw broken;
        }

        world.Executed.Add(word);
        world.Words.Add(word);
        world.WhenAdded(word);
        return Task.FromResult(new StepObservation($"added {word}") { Checks = Checks(word), Data = new JsonObject { ["word"] = word } });
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var word = Word(context);
        var effect = world.Effects.TryGetValue(word, out var forced) ? forced : world.Words.Contains(word) ? Effect.Applied : Effect.NotApplied;
        return Task.FromResult(new EffectReport(effect, $"looked for {word}")
        {
            Observation = effect == Effect.Applied ? new StepObservation($"found {word}") { Checks = Checks(word) } : null,
        });
    }

    private static string Word(StepContext context) => context.Action.Parameters["word"]!.GetValue<string>();

    private IReadOnlyList<CheckResult> Checks(string word) =>
        [new CheckResult { Id = $"word:{word}", Name = word, Verdict = world.Answers.GetValueOrDefault(word, Verdict.Passed) }];
}
