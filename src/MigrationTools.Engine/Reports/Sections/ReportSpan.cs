namespace MigrationTools.Engine.Reports.Sections;

/// <summary>One attempt at a step's action or at its compensation.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="StartedAt">When its intent was journalled.</param>
/// <param name="EndedAt">When its end was journalled; null where it was not.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record ReportSpan(ReportSpanKind Kind, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ReportSpanOutcome Outcome);
