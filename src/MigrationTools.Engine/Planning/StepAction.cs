using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Planning;

/// <summary>What a step does, or what undoes it: a verb of an adapter and its parameters. Data only; it never holds a secret.</summary>
/// <param name="Verb">Name of an <see cref="Runs.IStepAction"/>, such as <c>database.copy</c>.</param>
/// <param name="Description">As people read it in the plan.</param>
public sealed record StepAction(string Verb, string Description)
{
    public JsonObject Parameters { get; init; } = [];
}
