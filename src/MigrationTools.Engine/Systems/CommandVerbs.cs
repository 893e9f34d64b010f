using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;

namespace MigrationTools.Engine.Systems;

/// <summary>The steps that strategies' verbs mean for what is moved by programs: one step, in the phase that the spec says.</summary>
public sealed class CommandVerbs : ISystemVerbs
{
    public bool Serves(SystemSpec system) => system is CommandSystemSpec;

    public Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var command = (CommandSystemSpec)system;
        var verb = command.At switch
        {
            CommandPhase.Expand => Verb.Expand,
            CommandPhase.CutOver => Verb.CutOver,
            _ => Verb.Contract,
        };
        return Task.FromResult<IReadOnlyList<StepDraft>?>(call.Verb == verb ? [Do(command)] : []);
    }

    private static StepDraft Do(CommandSystemSpec command) => new()
    {
        Phase = command.At switch { CommandPhase.Expand => "expand", CommandPhase.CutOver => "cut over", _ => StepDraft.ContractPhase },
        System = command.Name,
        Action = new StepAction(DoCommandStep.Name, $"run: {string.Join(' ', command.Do)}"),
        Compensation = command.Undo.Count > 0 ? new StepAction(UndoCommandStep.Name, $"run: {string.Join(' ', command.Undo)}") : null,
        Irreversible = command.Undo.Count > 0 ? null : command.Irreversible ?? "the spec names no program that undoes it",
        PointOfNoReturn = command.Undo.Count == 0,
        GateAfter = new Gate($"{command.Name} is done"),
    };
}
