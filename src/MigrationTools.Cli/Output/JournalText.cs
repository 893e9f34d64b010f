using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Cli.Output;

/// <summary>A journal as people read it.</summary>
internal static class JournalText
{
    private const int LongestText = 200;

    public static void Write(CliConsole console, IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(entries);
        var table = new TextTable().Number("Seq").Name("At (UTC)").Name("Kind").Column("Step").Column("What it says");
        foreach (var entry in entries)
        {
            table.Row(
                entry.Seq,
                entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                entry.Kind,
                entry.Step ?? "-",
                Printable.Cut(Printable.Line(Gist(entry)), LongestText));
        }

        table.Write(console);
        var epochs = entries.Select(entry => entry.Epoch).Distinct().Count();
        console.Out.WriteLine();
        console.Out.WriteLine($"{Quantity.Count(entries.Count)} {(entries.Count == 1 ? "entry" : "entries")}, {Quantity.Count(epochs, "owner")}; the chain of hashes is whole.");
    }

    private static string Gist(JournalEntry entry) => entry.Kind switch
    {
        JournalKinds.RunStarted => $"{Text(entry, "specName")} by {Text(entry, "user")}, version {Text(entry, "toolVersion")}",
        JournalKinds.Owned => $"process {Text(entry, "process")} on {Text(entry, "host")}",
        JournalKinds.Readiness => Text(entry, "verdict"),
        JournalKinds.Intent or JournalKinds.CompensationIntent => entry.Data["action"]?["description"]?.ToString() ?? Text(entry, "irreversible"),
        JournalKinds.Gate => $"{entry.Data["result"]?["verdict"]}: {entry.Data["result"]?["message"]}",
        JournalKinds.Waived => $"{Text(entry, "check")} by {Text(entry, "who")}: {Text(entry, "why")}",
        JournalKinds.RollbackStarted => $"{Text(entry, "reason")} (by {Text(entry, "by")}){(entry.Get<string>("phase") is { } phase ? $", back to phase '{phase}'" : "")}",
        JournalKinds.Reopened => $"{entry.Get<List<string>>("steps")?.Count ?? 0} steps begin anew (by {Text(entry, "by")})",
        JournalKinds.StepFailed or JournalKinds.CompensationFailed => $"{Text(entry, "errorId")}: {Text(entry, "message")}",
        JournalKinds.RunEnded => $"{Text(entry, "status")}, {Text(entry, "verdict")}: {Text(entry, "message")}",
        JournalKinds.Looked => $"{Text(entry, "effect")}: {Text(entry, "message")}",
        _ => entry.Data["summary"]?.ToString() ?? entry.Data["message"]?.ToString() ?? "",
    };

    private static string Text(JournalEntry entry, string property) => entry.Data[property] is JsonValue value ? value.ToString() : "";
}
