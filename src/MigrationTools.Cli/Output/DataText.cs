using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli.Output;

/// <summary>What the texts about two databases share.</summary>
internal static class DataText
{
    public static void WriteHeader(CliConsole console, SystemOutput system)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(system);
        var name = system.Name is null ? "" : $"{Printable.Line(system.Name)}: ";
        console.Out.WriteLine(console.OutPaint.Strong($"{name}{Printable.Line(system.Source)} → {Printable.Line(system.Target)}"));
        console.Out.WriteLine();
    }

    /// <summary>A table's name, or its two names.</summary>
    public static string Pair(string source, string target) => source == target ? source : $"{source} → {target}";
}
