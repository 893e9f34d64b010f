using MigrationTools.Cli.CommandLine;
using MigrationTools.Databases.Comparison.Partitions;

namespace MigrationTools.Cli.Output;

/// <summary>Results of a plan's partitions, as a comparison shows its own.</summary>
internal static class SystemTables
{
    /// <summary>Writes lines and text; the caller writes the whole.</summary>
    /// <param name="call">Where to.</param>
    /// <param name="systems">What was found.</param>
    /// <param name="named">Whether the plan has several systems, so that tables name theirs.</param>
    public static TablesOutput<TableOutput> Write(VerbCall call, IReadOnlyList<MergedSystem> systems, bool named)
    {
        var outputs = new List<SystemOutput>();
        var tables = new List<TableOutput>();
        foreach (var system in systems)
        {
            var output = new SystemOutput(system.System.Name, system.Verdict, system.System.Source, system.System.Target);
            outputs.Add(output);
            foreach (var table in system.Tables.Select(table => TableOutput.Of(table, named ? system.System.Name : null)))
            {
                tables.Add(table);
                call.Results.Item(table);
            }

            call.Results.Text(console => ComparisonText.Write(console, output, system.Tables));
            if (call.Verbose)
            {
                call.Results.Text(console => ComparisonText.WriteMethods(console, system.Tables));
            }
        }

        return TablesOutput<TableOutput>.Of(outputs, tables);
    }
}
