using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Traffic.Units;

/// <summary>What the steps of a unit share. Parameter of all: <c>unit</c>, its name.</summary>
public abstract class UnitStep : IStepAction
{
    public abstract string Verb { get; }

    public static StepAction Action(string verb, string description, TrafficUnitSpec unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new StepAction(verb, description) { Parameters = new JsonObject { ["unit"] = unit.Name } };
    }

    public virtual Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public abstract Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken);

    public abstract Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>The unit that the action is about.</summary>
    /// <exception cref="InvalidRequestException">The spec does not have it.</exception>
    protected static TrafficUnitSpec UnitOf(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<TrafficSystemSpec>();
        var name = (string?)context.Action.Parameters["unit"];
        return system.Units.FirstOrDefault(unit => unit.Name == name)
            ?? throw new InvalidRequestException($"Step '{context.Step.Id}' names the unit '{name}', which system '{system.Name}' does not have.");
    }

    /// <summary>What was seen of a unit's version, as a check.</summary>
    protected static CheckResult Check(StepContext context, TrafficUnitSpec unit, string question, bool answer, string seen, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(unit);
        return new CheckResult
        {
            Id = CheckIds.Of("unit", context.Step.System, CheckIds.PartOf(unit.Name)),
            Name = question,
            System = context.Step.System,
            Category = "unit",
            Verdict = answer ? Verdict.Passed : Verdict.Failed,
            Message = seen,
            Remedy = answer ? null : $"Look at {unit.Name} and at what its programs said, then resume the run or roll it back.",
            Evidence = [evidence],
        };
    }
}
