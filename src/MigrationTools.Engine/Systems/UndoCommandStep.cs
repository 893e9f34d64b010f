using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Systems;

/// <summary>Moves a command system back, unless its look says that it is where it was. Data as for <see cref="DoCommandStep"/>.</summary>
public sealed class UndoCommandStep(TimeProvider time) : IStepAction
{
    public const string Name = "command.undo";

    public string Verb => Name;

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<CommandSystemSpec>();
        var commands = new SystemCommands(system, context.Spec, time);
        var (said, _, undone, evidence) = await commands.LookAsync(cancellationToken).ConfigureAwait(false);
        var data = new JsonObject();
        if (!undone)
        {
            data = await commands.RunAsync(system.Undo, cancellationToken).ConfigureAwait(false);
            (said, _, undone, evidence) = await commands.LookAsync(cancellationToken).ConfigureAwait(false);
        }

        data["said"] = said;
        return new StepObservation(undone ? $"undone: '{said}'" : $"the program ended well, but its look says '{said}'")
        {
            Evidence = [evidence],
            Checks = [CommandCheck.Of(system, undone ? Verdict.Passed : Verdict.Failed, said, system.Undone, evidence)],
            Data = data,
        };
    }

    public async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (said, _, undone, _) = await new SystemCommands(context.System<CommandSystemSpec>(), context.Spec, time).LookAsync(cancellationToken).ConfigureAwait(false);
        return new EffectReport(undone ? Effect.Applied : Effect.NotApplied, $"its look says '{said}'");
    }
}
