namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>A value that two answers to the same request do not share.</summary>
/// <param name="Place">Where in the answer, as <see cref="AnswerFields"/> names it.</param>
/// <param name="Source">What the old side says there; null for nothing.</param>
/// <param name="Target">What the new side says there; null for nothing.</param>
internal sealed record FieldDifference(string Place, string? Source, string? Target);
