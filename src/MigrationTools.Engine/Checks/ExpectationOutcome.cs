namespace MigrationTools.Engine.Checks;

/// <summary>What holding a value against an expectation gave.</summary>
/// <param name="Verdict">Passed, Failed, Inconclusive (there was no value, or one that can't be ordered against the expected one) or Error (the expectation itself is broken).</param>
/// <param name="Message">One line: the value seen, what was expected, and why.</param>
public sealed record ExpectationOutcome(Verdict Verdict, string Message);
