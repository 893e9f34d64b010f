namespace MigrationTools.Engine.Reports.Sections;

/// <summary>Something that the reader can do.</summary>
/// <param name="Text">What and why.</param>
/// <param name="Command">The command line that does it, where there is one.</param>
public sealed record ReportAdvice(string Text, string? Command = null);
