namespace MigrationTools.Engine.Runs;

/// <summary>A person's word on a step that waits for one.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Approved">Yes or no.</param>
/// <param name="Who">The person; never empty.</param>
/// <param name="Why">Their reason; never empty.</param>
/// <param name="At">When it was given.</param>
public sealed record StepApproval(string Step, bool Approved, string Who, string Why, DateTimeOffset At);
