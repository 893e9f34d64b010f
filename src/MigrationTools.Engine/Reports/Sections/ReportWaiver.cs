namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A check that a person answers for.</summary>
/// <param name="Check">Its id.</param>
/// <param name="Who">Who took responsibility.</param>
/// <param name="Why">In their words.</param>
/// <param name="At">When.</param>
/// <param name="Where">readiness, or the step whose gate it was for; null where the run did not get to use it.</param>
public sealed record ReportWaiver(string Check, string Who, string Why, DateTimeOffset At, string? Where);
