namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>What a service answered to one request.</summary>
/// <param name="Status">The status code; null where there was no answer.</param>
/// <param name="ContentType">Without parameters; null where there is none.</param>
/// <param name="Body">As text; for no answer, why.</param>
internal sealed record ServiceAnswer(int? Status, string? ContentType, string Body);
