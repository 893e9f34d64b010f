using System.IO.Enumeration;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Runs;

/// <summary>Puts a person's waivers on checks.</summary>
internal static class Waiving
{
    /// <summary>The checks, those that did not pass and are named by a waiver as Waived.</summary>
    public static IReadOnlyList<CheckResult> Apply(IReadOnlyList<CheckResult> checks, RunOptions options, DateTimeOffset now) =>
        [.. checks.Select(check => check.Verdict is Verdict.Passed or Verdict.Skipped ? check : Apply(check, options, now))];

    private static CheckResult Apply(CheckResult check, RunOptions options, DateTimeOffset now)
    {
        foreach (var (pattern, why) in options.Waivers)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, check.Id, ignoreCase: false))
            {
                return check with
                {
                    Verdict = Verdict.Waived,
                    Waiver = new Waiver(options.User, why, now),
                    Message = $"{check.Verdict}: {check.Message}",
                };
            }
        }

        return check;
    }
}
