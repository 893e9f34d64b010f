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
            yield return $"It makes the target equal to the source as they were compared at {header.ComparedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}; values are those of the source when it was written.";
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

            foreach (var line in Cautions.Concat(header.Notes))
            {
                yield return line;
            }

            yield return string.Empty;
        }
    }

    private IEnumerable<string> NotCovered =>
    [
        .. order.ParentsFirst.Concat(others).SelectMany(table => table.Reasons.Select(reason => $"{table.Pair.TargetName}: {Number(reason.Value)} left out: {reason.Key}")),
        .. header.Tables.Where(table => table.Verdict is not (Verdict.Passed or Verdict.Failed)).Select(table => $"{table.Target}: its comparison is {table.Verdict}{string.Concat(table.Notes.Select(note => "; " + note))}"),
    ];

    private IEnumerable<string> Cautions =>
    [
        .. order.InCycles().Select(item => literals.ChecksEachStatement && !item.Key.Deferrable
            ? $"Caution: {item.Table.Pair.TargetName} is in a cycle of foreign keys, and {item.Key.Name} can't be deferred: where rows need each other the script fails, and changes nothing."
            : $"The foreign key {item.Key.Name ?? "of " + string.Join(", ", item.Key.Columns)} of {item.Table.Pair.TargetName} is in a cycle; it is checked at the end."),
        .. order.DeletedLast.Select(table => $"Rows of {table.Pair.TargetName} are deleted last, for rows that are updated still refer to them."),
        .. order.FromOutside(pairs.Where(pair => pair.TargetSql is null).Select(pair => pair.Target.Name).ToHashSet()).Select(item =>
            $"Caution: {item.Table.Name}, which was not compared, refers to rows of {item.Parent.Pair.TargetName}; where such a row is deleted, ON DELETE {item.Key.OnDelete} is what happens."),
        .. order.ParentsFirst.Where(MaySwap).Select(table => $"Caution: rows of {table.Pair.TargetName} that exchange a unique value among themselves make the script fail; it changes nothing then."),
        .. order.ParentsFirst.SelectMany(table => schema.Others.Where(other => other.Kind is "trigger" or "rule" && IsOf(other, table.Table.Name)).Select(other =>
            $"Caution: the {other.Kind} {other.Name} does its work on the rows that are changed.")),
        .. order.ParentsFirst.Where(table => table.HasInserts).Select(table => (Table: table, Unfilled: Unfilled(table).ToList())).Where(item => item.Unfilled.Count > 0).Select(item =>
            $"Columns of {item.Table.Pair.TargetName} without a source get their defaults in inserted rows: {string.Join(", ", item.Unfilled)}."),
    ];

    private static IEnumerable<string> Unfilled(RepairTable table) => table.Table.Columns
        .Where(column => !column.Generated && !table.Pair.Columns.Any(pair => pair.Target.Name == column.Name))
        .Select(column => column.Name);

    private static bool MaySwap(RepairTable table) => table.Updates > 1
        && (table.Table.UniqueKeys.Any(key => key.Columns.Any(table.ChangedColumns.Contains))
            || table.Table.Indexes.Any(index => index.Unique && index.Columns.Any(column => column is null || table.ChangedColumns.Contains(column))));

    // PostgreSQL's triggers are named schema.table.trigger; SQLite's by themselves, with the table in their definition.
    private static bool IsOf(OtherObject other, TableName table) => table.Schema is null
        ? other.Definition?.Contains(table.Name, StringComparison.OrdinalIgnoreCase) ?? false
        : other.Name.StartsWith($"{table}.", StringComparison.Ordinal);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
