using System.Text.Json.Nodes;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>What an action knows of its place in the run.</summary>
public sealed record StepContext
{
    public required string RunId { get; init; }

    /// <summary>The run's own directory, private to the user; an action keeps its files under it.</summary>
    public required string RunDirectory { get; init; }

    public required MigrationSpec Spec { get; init; }

    public required PlanStep Step { get; init; }

    /// <summary>Number of the journal entry that announced the action; 0 where nothing is carried out yet.</summary>
    public long Intent { get; init; }

    /// <summary>The action or compensation to carry out.</summary>
    public required StepAction Action { get; init; }

    /// <summary>What <see cref="IStepAction.CaptureAsync"/> of the step's action took down, as journalled.</summary>
    public JsonObject Prior { get; init; } = [];

    /// <summary>What was observed by the steps before (and, for a compensation, by the step itself): step id → data.</summary>
    public IReadOnlyDictionary<string, JsonObject> Observed { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>For a rollback: the caller accepts that writes made since cut-over are lost.</summary>
    public bool AcceptDataLoss { get; init; }

    public required IOperationObserver Observer { get; init; }

    /// <summary>The system of the spec that the step is about.</summary>
    /// <exception cref="InvalidOperationException">The spec has no such system of that kind.</exception>
    public T System<T>() where T : SystemSpec =>
        Spec.Systems.OfType<T>().FirstOrDefault(system => system.Name == Step.System)
        ?? throw new InvalidOperationException($"Step '{Step.Id}' names the system '{Step.System}', which the spec does not have as a {typeof(T).Name}.");
}
