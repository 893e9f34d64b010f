using System.Globalization;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What a script says of itself before its first statement.</summary>
internal sealed class RepairStory(
    string source,
    string target,
    RepairHeader header,
    IRepairDialect literals,
    RepairOrder order,
    IReadOnlyList<RepairTable> others,
    IReadOnlyList<TablePair> pairs,
    DatabaseSchema schema)
{
    public IEnumerable<string> Lines => [literals.FirstLine, .. Comments.Select(Comment)];

    public RepairSummary Summary(string path) => new(path)
    {
        Inserts = order.ParentsFirst.Sum(table => table.Inserts),
        Updates = order.ParentsFirst.Sum(table => table.Updates),
        Deletes = order.ParentsFirst.Sum(table => table.Deletes),
        LeftOut = order.ParentsFirst.Concat(others).Sum(table => table.LeftOut),
        NotCovered = [.. NotCovered],
    };

    /// <summary>A line that stays a comment, whatever a name in it holds.</summary>
    public static string Comment(string text) => text.Length == 0 ? "--" : "-- " + string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? '\uFFFD' : character));

    private IEnumerable<string> Comments
    {
        get
        {
            var summary = Summary(string.Empty);
            yield return $"Repair script of MigrationTools {ProductVersion.Text}. It was written, not run: read it, take a backup, run it by hand.";
            yield return $"  {literals.HowToRun}";
            var compared = header.ComparedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            yield return (IsWhole
                ? $"It makes the compared tables of the target equal to the source as they were compared at {compared}"
                : $"It mends what was found to differ at {compared}, and does NOT make the target equal: what it does not cover is named below")
                + "; values are those of the source when it was written.";
            yield return $"  source: {source}";
            yield return $"  target: {target}";
            yield return $"In one transaction: {Number(summary.Deletes)} rows deleted, {Number(summary.Updates)} updated, {Number(summary.Inserts)} inserted. An error undoes all of it.";
            foreach (var table in order.ParentsFirst)
            {
                yield return $"  {table.Pair.TargetName}: {Number(table.Deletes)} deleted, {Number(table.Updates)} updated, {Number(table.Inserts)} inserted";
            }

            yield return string.Empty;
            yield return NotCovered.Any() ? "Not covered:" : "Not covered: nothing that was told to differ.";
            foreach (var line in NotCovered)
            {
                yield return "  " + line;
            }

            var notes = header.Tables.Where(IsKnown).SelectMany(table => table.Notes.Select(note => $"  {table.Target}: {note}")).ToList();
            foreach (var line in notes.Count > 0 ? notes.Prepend("What the comparison said of itself:") : [])
            {
                yield return line;
            }

            foreach (var line in new RepairCautions(literals, order, pairs, schema).Lines.Concat(header.Notes))
            {
                yield return line;
            }

            yield return string.Empty;
        }
    }

    private IEnumerable<string> NotCovered =>
    [
        .. order.ParentsFirst.Concat(others).SelectMany(table => table.Reasons.Select(reason => $"{table.Pair.TargetName}: {Number(reason.Value)} left out: {reason.Key}")),
        .. header.Tables.Where(table => !IsKnown(table)).Select(table => $"{table.Target}: its comparison is {table.Verdict}{string.Concat(table.Notes.Select(note => "; " + note))}"),
        .. header.Sample is { } share ? [string.Create(CultureInfo.InvariantCulture, $"only a sample of the rows was to be compared ({share * 100:0.####} %): what differs in those that were not drawn is not known")] : Array.Empty<string>(),
        .. pairs.Where(pair => pair.Where is not null || pair.TargetWhere is not null).Select(pair => $"{pair.TargetName}: rows that do not meet the condition were not compared"),
        .. pairs.Select(pair => (pair.TargetName, Columns: string.Join(", ", Uncompared(pair)))).Where(item => item.Columns.Length > 0).Select(item => $"{item.TargetName}: columns that were not compared: {item.Columns}"),
    ];

    /// <summary>All that the target has was compared, and all that differs is mended.</summary>
    private bool IsWhole => !NotCovered.Any();

    private static bool IsKnown(TableComparison table) => table.Verdict is Verdict.Passed or Verdict.Failed;

    // A column that the source does not have has nothing to be equal to.
    private static IEnumerable<string> Uncompared(TablePair pair) => pair.Target.Columns
        .Where(column => !column.Generated && pair.Source?.FindColumn(column.Name) is not null && !pair.Columns.Any(compared => compared.Target.Name == column.Name))
        .Select(column => column.Name);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
