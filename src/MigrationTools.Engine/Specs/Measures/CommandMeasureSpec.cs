namespace MigrationTools.Engine.Specs.Measures;

/// <summary>The trimmed standard output of a program.</summary>
/// <param name="Arguments">The program and its arguments; no shell is involved.</param>
/// <param name="Timeout">When it is ended.</param>
public sealed record CommandMeasureSpec(IReadOnlyList<string> Arguments, TimeSpan Timeout) : MeasureSpec;
