namespace MigrationTools.Engine.Planning;

/// <summary>How long a step may take.</summary>
/// <param name="Duration">The estimate; null where there is no basis for one.</param>
/// <param name="Basis">What it rests on, or why there is none. Never empty.</param>
public sealed record StepEstimate(TimeSpan? Duration, string Basis);
