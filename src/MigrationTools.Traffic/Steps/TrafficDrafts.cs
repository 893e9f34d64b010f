using System.Text.Json.Nodes;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Traffic.Steps;

/// <summary>Steps that move traffic, with what undoes them and the gate that wants them proven. A strategy may change any of it.</summary>
public static class TrafficDrafts
{
    /// <param name="system">The system.</param>
    /// <param name="lane">The lane's name; null for a system without routes.</param>
    /// <param name="percent">The target's share.</param>
    public static StepDraft Shift(TrafficSystemSpec system, string? lane, decimal percent)
    {
        var found = LaneNames.Find(system, lane);
        return Draft(
            system, "shift", Action(TrafficStepNames.Shift, $"send {TrafficParameters.Show(percent)} of {found.Name} to {found.Target}", lane, ("percent", percent)),
            Return(system, lane, to: null),
            $"{TrafficParameters.Show(percent)} of {found.Name} reach the target");
    }

    /// <summary>The action that takes traffic back: to the share before the shift, or to <paramref name="to"/>.</summary>
    public static StepAction Return(TrafficSystemSpec system, string? lane, decimal? to)
    {
        var found = LaneNames.Find(system, lane);
        var share = to is null ? "the share before" : TrafficParameters.Show(to);
        return Action(TrafficStepNames.Return, $"take {found.Name} back to {share}", lane, ("to", to));
    }

    public static StepDraft Mirror(TrafficSystemSpec system, string? lane)
    {
        var found = LaneNames.Find(system, lane);
        return Draft(
            system, "mirror", Action(TrafficStepNames.Mirror, $"send {found.Target} a copy of the requests of {found.Name}", lane),
            Action(TrafficStepNames.Unmirror, $"mirror {found.Name} as before", lane, ("restore", true)),
            $"{found.Name} is mirrored");
    }

    public static StepDraft Unmirror(TrafficSystemSpec system, string? lane)
    {
        var found = LaneNames.Find(system, lane);
        return Draft(
            system, "mirror", Action(TrafficStepNames.Unmirror, $"end the copies of the requests of {found.Name}", lane),
            Action(TrafficStepNames.Mirror, $"mirror {found.Name} as before", lane, ("restore", true)),
            $"{found.Name} is not mirrored");
    }

    /// <param name="system">The system.</param>
    /// <param name="lane">The lane's name; null for a system without routes.</param>
    /// <param name="unit">The router's name of the server.</param>
    /// <param name="wait">How long it may take to end what it has; a minute where it is null.</param>
    public static StepDraft Drain(TrafficSystemSpec system, string? lane, string unit, TimeSpan? wait = null) => Draft(
        system, "drain", Action(TrafficStepNames.Drain, $"drain {unit}", lane, ("unit", unit), ("wait", wait?.TotalSeconds)),
        Action(TrafficStepNames.Undrain, $"put {unit} back as it was", lane, ("unit", unit), ("restore", true)),
        $"{unit} has nothing under way");

    public static StepDraft Undrain(TrafficSystemSpec system, string? lane, string unit, TimeSpan? wait = null) => Draft(
        system, "undrain", Action(TrafficStepNames.Undrain, $"put {unit} back", lane, ("unit", unit), ("wait", wait?.TotalSeconds)),
        Action(TrafficStepNames.Drain, $"put {unit} as it was", lane, ("unit", unit), ("restore", true)),
        $"{unit} takes requests");

    private static StepDraft Draft(TrafficSystemSpec system, string phase, StepAction action, StepAction compensation, string gate) => new()
    {
        Phase = phase,
        System = system.Name,
        Action = action,
        Compensation = compensation,
        GateAfter = new Gate(gate),
    };

    private static StepAction Action(string verb, string description, string? lane, params (string Name, JsonNode? Value)[] parameters)
    {
        var all = new JsonObject();
        foreach (var (name, value) in parameters.Prepend(("lane", lane)).Where(parameter => parameter.Item2 is not null))
        {
            all[name] = value;
        }

        return new StepAction(verb, description) { Parameters = all };
    }
}
