using System.Globalization;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>All proofs of data as people read them: a line a kind, then what did not pass.</summary>
internal static class IntegrityText
{
    public static void Write(CliConsole console, SystemOutput system, IReadOnlyList<CheckResult> checks, bool all)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(checks);
        DataText.WriteHeader(console, system);
        if (all)
        {
            CheckText.WriteAll(console, checks);
        }

        var table = new TextTable().Name("Kind").Name("Verdict").Number("Required").Number("Passed").Number("Failed").Number("Not to be told").Number("Skipped");
        foreach (var kind in checks.GroupBy(check => check.Category))
        {
            var required = kind.Where(check => check.Required && check.Verdict != Verdict.Skipped).ToList();
            table.Row(
                kind.Key,
                Verdicts.Combine(required),
                Quantity.Count(required.Count),
                Quantity.Count(required.Count(check => check.Verdict == Verdict.Passed)),
                Quantity.Count(required.Count(check => check.Verdict == Verdict.Failed)),
                Quantity.Count(required.Count(check => check.Verdict is not (Verdict.Passed or Verdict.Failed))),
                Quantity.Count(kind.Count(check => check.Verdict == Verdict.Skipped)));
        }

        table.Write(console);
        console.Out.WriteLine();
        CheckText.WriteOpen(console, checks);
        var score = IntegrityScore.Of(checks);
        var known = score.Score is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "none, for nothing ran";
        console.Out.WriteLine($"{console.OutPaint.As(system.Verdict, system.Verdict.ToString())}: integrity score {known}; {score.Run} of {score.Required} required checks ran to an answer.");
    }
}
