namespace MigrationTools.Engine.Reports.JUnit;

/// <summary>What a test case can come to in JUnit's words.</summary>
internal enum JUnitOutcome
{
    /// <summary>The default: an outcome that nobody set is not a pass.</summary>
    Error = 0,
    Failure,
    Skipped,
    Passed,
}
