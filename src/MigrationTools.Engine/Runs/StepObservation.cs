using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Runs;

/// <summary>What an action saw of its own effect.</summary>
/// <param name="Summary">One line for people.</param>
public sealed record StepObservation(string Summary)
{
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What the step's gate judges.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Figures for reports and for later steps; its form is the verb's own and documented there.</summary>
    public JsonObject Data { get; init; } = [];
}
