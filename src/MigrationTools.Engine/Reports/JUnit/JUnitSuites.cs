namespace MigrationTools.Engine.Reports.JUnit;

/// <summary>Puts a report's questions into suites. A suite without a case is left out, for it would read as a suite that passed.</summary>
internal static class JUnitSuites
{
    public static IReadOnlyList<JUnitSuite> Of(RunReport report)
    {
        List<JUnitSuite> suites =
        [
            new("run", [JUnitCase.OfRun(report)]),
            new("readiness", [.. report.Readiness.Checks.Select(JUnitCase.Of)]),
            new("steps", [.. report.Steps.Select(JUnitCase.Of)]),
            new("gates", [.. report.Gates.Select(JUnitCase.Of)]),
            .. report.Validation.Groups.Select(group => new JUnitSuite($"validation.{group.Category}", [.. group.Checks.Select(JUnitCase.Of)])),
            new("rollback", [.. (report.Rollback?.Compensations ?? []).Select(JUnitCase.Of)]),
        ];
        return [.. suites.Where(suite => suite.Cases.Count > 0)];
    }
}
