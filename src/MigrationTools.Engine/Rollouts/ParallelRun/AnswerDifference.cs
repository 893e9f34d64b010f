namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>A request to which the two sides answer differently by more than noise.</summary>
/// <param name="Request">Its number, from 1.</param>
/// <param name="Path">What was asked.</param>
/// <param name="Fields">Where the answers differ.</param>
internal sealed record AnswerDifference(int Request, string Path, IReadOnlyList<FieldDifference> Fields);
