using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Gates.Watching;

namespace MigrationTools.Cli.Output;

/// <summary>A gate that is watched just now, as people read it: how far it is, what it waits for, and each figure against its limit.</summary>
internal static class WatchText
{
    public static void Write(CliConsole console, WatchedGate watched)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(watched);
        RunText.Line(console, "Watches", $"{Printable.Line(watched.Stage)}, since {RunText.Moment(watched.Since)}; nothing is decided before its end");
        RunText.Wrapped(console, "Waits", $"for {Printable.Line(watched.WaitsFor)}; until {RunText.Moment(watched.Deadline)} at the latest");
        RunText.Wrapped(console, "So far", watched.MeasuredAt is { } at ? $"{watched.Counts}; last looked {RunText.Moment(at)}" : "nothing is measured yet");
        foreach (var broken in watched.BrokenBy)
        {
            RunText.Line(console, "Broke", Printable.Lines(broken));
        }

        if (watched.Conditions.Count == 0)
        {
            return;
        }

        var table = new TextTable().Column("Condition").Name("Answer").Column("Figure").Number("Now").Name("May be").Number("Samples");
        foreach (var condition in watched.Conditions)
        {
            var first = true;
            foreach (var figure in condition.Figures)
            {
                table.Row(
                    first ? condition.Condition : "",
                    first ? AnswerOf(condition.Answer) : "",
                    figure.Missing is null ? figure.Figure : $"{figure.Figure}: {figure.Missing}",
                    figure.Now,
                    figure.May,
                    $"{Quantity.Count(figure.Samples)} (needs {Quantity.Count(figure.Needed)})");
                first = false;
            }
        }

        console.Out.WriteLine();
        table.Write(console);
        console.Out.WriteLine();
    }

    private static string AnswerOf(ConditionAnswer answer) => answer switch
    {
        ConditionAnswer.Holds => "holds",
        ConditionAnswer.Fails => "fails",
        _ => "not known",
    };
}
