using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>Checks as people read them.</summary>
internal static class CheckText
{
    /// <summary>All of them, a line each.</summary>
    public static void WriteAll(CliConsole console, IReadOnlyList<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var table = new TextTable().Name("Verdict").Column("Check").Column("What was seen");
        foreach (var check in checks)
        {
            table.Row(check.Verdict, check.Required ? check.Name : $"{check.Name} (not required)", check.Message);
        }

        if (checks.Count > 0)
        {
            table.Write(console);
            console.Out.WriteLine();
        }
    }

    /// <summary>Those that stand in the way: with their ids, for a waiver, and with what would make them pass.</summary>
    public static void WriteOpen(CliConsole console, IEnumerable<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(console);
        foreach (var check in checks.Where(IsOpen))
        {
            console.Out.WriteLine($"{console.OutPaint.As(check.Verdict, check.Verdict.ToString())} {Printable.Line(check.Id)}: {Printable.Line(check.Name)}");
            console.Out.WriteLine($"  {Printable.Lines(check.Message)}");
            if (check.Remedy is { } remedy)
            {
                console.Out.WriteLine($"  {console.OutPaint.Strong("To do:")} {Printable.Lines(remedy)}");
            }

            console.Out.WriteLine();
        }
    }

    /// <summary>How many ran and what they say together.</summary>
    public static string Summary(IReadOnlyCollection<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var required = checks.Where(check => check.Required && check.Verdict != Verdict.Skipped).ToList();
        var ran = required.Count(check => check.Verdict != Verdict.NotRun);
        var skipped = checks.Count(check => check.Verdict == Verdict.Skipped);
        var open = string.Join(", ", required.GroupBy(check => check.Verdict).Where(group => group.Key != Verdict.Passed).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));
        return $"{ran} of {required.Count} required checks ran{(open.Length > 0 ? $": {open}" : "")}{(skipped > 0 ? $"; {skipped} skipped by the spec" : "")}";
    }

    private static bool IsOpen(CheckResult check) => check.Required && check.Verdict is not (Verdict.Passed or Verdict.Waived or Verdict.Skipped);
}
