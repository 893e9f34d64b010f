using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Systems;

/// <summary>Moves a command system, and looks whether it moved. Prior: <c>said</c>, what its look said before. Data: <c>program</c>, <c>exitCode</c>, <c>output</c>, <c>error</c>, <c>said</c>.</summary>
public sealed class DoCommandStep(TimeProvider time) : IStepAction
{
    public const string Name = "command.do";

    public string Verb => Name;

    public async Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (said, _, _, _) = await Commands(context).LookAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["said"] = said };
    }

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<CommandSystemSpec>();
        var commands = Commands(context);
        var data = await commands.RunAsync(system.Do, cancellationToken).ConfigureAwait(false);
        var (said, done, _, evidence) = await commands.LookAsync(cancellationToken).ConfigureAwait(false);
        data["said"] = said;
        return new StepObservation(done ? $"done: '{said}'" : $"the program ended well, but its look says '{said}', not {system.Done}")
        {
            Evidence = [evidence],
            Checks = [CommandCheck.Of(system, done ? Verdict.Passed : Verdict.Failed, said, system.Done, evidence)],
            Data = data,
        };
    }

    public async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<CommandSystemSpec>();
        var (said, done, undone, evidence) = await Commands(context).LookAsync(cancellationToken).ConfigureAwait(false);
        var message = $"its look says '{said}'";
        return (done, undone) switch
        {
            (true, false) => new EffectReport(Effect.Applied, message)
            {
                Observation = new StepObservation($"done: '{said}'")
                {
                    Evidence = [evidence],
                    Checks = [CommandCheck.Of(system, Verdict.Passed, said, system.Done, evidence)],
                    Data = new JsonObject { ["said"] = said },
                },
            },
            (false, true) => new EffectReport(Effect.NotApplied, message),
            _ => new EffectReport(Effect.Unknown, $"{message}, which is neither done ({system.Done}) nor undone ({system.Undone})"),
        };
    }

    private SystemCommands Commands(StepContext context) => new(context.System<CommandSystemSpec>(), context.Spec, time);
}
