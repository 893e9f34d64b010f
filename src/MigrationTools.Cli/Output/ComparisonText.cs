using MigrationTools.Cli.Terminal;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>A comparison as people read it: the tables, then the rows that differ by key and column.</summary>
internal static class ComparisonText
{
    public static void Write(CliConsole console, SystemOutput system, IReadOnlyList<TableComparison> tables)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(tables);
        DataText.WriteHeader(console, system);
        var table = new TextTable().Column("Table").Name("Verdict").Name("Method").Number("Source rows").Number("Target rows").Number("Missing").Number("Extra").Number("Changed").Number("Time");
        foreach (var one in tables)
        {
            table.Row(
                DataText.Pair(one.Source, one.Target), one.Verdict, one.Method, Quantity.Count(one.SourceRows), Quantity.Count(one.TargetRows),
                Quantity.Count(one.Missing), Quantity.Count(one.Extra), Quantity.Count(one.Changed), Quantity.Duration(TimeSpan.FromMilliseconds(one.DurationMs)));
        }

        if (tables.Count > 0)
        {
            table.Write(console);
            console.Out.WriteLine();
        }

        foreach (var one in tables)
        {
            WriteDetails(console, one);
        }

        var wrong = tables.Count(one => one.Verdict != Verdict.Passed);
        var rows = tables.Sum(one => one.SourceRows ?? 0);
        var found = wrong == 0 ? "the same on both sides" : $"{Quantity.Count(wrong)} of them not the same, or not to be told";
        console.Out.WriteLine($"{console.OutPaint.As(system.Verdict, system.Verdict.ToString())}: {Quantity.Count(tables.Count, "table")}, {Quantity.Count(rows, "source row")}; {(tables.Count == 0 ? "nothing was compared" : found)}.");
    }

    /// <summary>By which method each table was compared, and why by that one.</summary>
    public static void WriteMethods(CliConsole console, IReadOnlyList<TableComparison> tables)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(tables);
        foreach (var one in tables.Where(one => one.MethodReason is not null))
        {
            console.Out.WriteLine(Printable.Line($"  {DataText.Pair(one.Source, one.Target)}: {one.Method}, {one.MethodReason}"));
        }
    }

    private static void WriteDetails(CliConsole console, TableComparison table)
    {
        if (table.Notes.Count == 0 && table.Differences.Count == 0)
        {
            return;
        }

        console.Out.WriteLine(console.OutPaint.Strong(Printable.Line(DataText.Pair(table.Source, table.Target))));
        foreach (var note in table.Notes)
        {
            console.Out.WriteLine($"  Note: {Printable.Line(note)}");
        }

        foreach (var difference in table.Differences)
        {
            var key = string.Join(", ", difference.Key.Select(part => $"{Printable.Line(part.Key)}={Printable.Value(part.Value)}"));
            var count = difference.Count > 1 ? $" ({Quantity.Count(difference.Count)} times)" : "";
            console.Out.WriteLine($"  {difference.Kind,-8} {key}{count}");
            foreach (var column in difference.Columns)
            {
                console.Out.WriteLine($"           {Printable.Line(column.Name)}: {Printable.Value(column.Source)} in the source, {Printable.Value(column.Target)} in the target");
            }
        }

        var listed = table.Differences.Sum(difference => difference.Count);
        var all = table.Missing + table.Extra + table.Changed;
        if (listed < all)
        {
            console.Out.WriteLine($"  … {Quantity.Count(listed)} of {Quantity.Count(all)} listed; --max-differences lists more.");
        }

        console.Out.WriteLine();
    }
}
