using System.Globalization;
using MigrationTools.Cli.Terminal;
using MigrationTools.Databases.Comparison.Partitions;

namespace MigrationTools.Cli.Output;

/// <summary>A plan of partitions as people read it.</summary>
internal static class PlannedPartitionText
{
    // A plan may have thousands.
    private const int Shown = 50;

    public static void Write(CliConsole console, ComparisonPlan plan)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(plan);
        var table = new TextTable().Number("Partition").Number("Estimated rows").Column("Parts");
        foreach (var partition in plan.Partitions.Take(Shown))
        {
            table.Row(partition.Index.ToString(CultureInfo.InvariantCulture), Quantity.Count(partition.Weight), string.Join("; ", partition.Parts.Select(part => part.Describe())));
        }

        table.Write(console);
        if (plan.Partitions.Count > Shown)
        {
            console.Out.WriteLine($"… and {Quantity.Count(plan.Partitions.Count - Shown)} more.");
        }

        foreach (var basis in plan.Tables.GroupBy(one => one.Basis))
        {
            console.Out.WriteLine($"Estimates of {Quantity.Count(basis.Count(), "table")}: {basis.Key}.");
        }

        foreach (var note in plan.Notes)
        {
            console.Out.WriteLine($"Note: {Printable.Line(note)}");
        }
    }
}
