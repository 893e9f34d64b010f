using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What may surprise whoever runs a script, a line each. They go by what the script really holds: it is written before.</summary>
internal sealed class RepairCautions(IRepairDialect literals, RepairOrder order, IReadOnlyList<TablePair> pairs, DatabaseSchema schema)
{
    private const string Fails = "the script fails and changes nothing";

    public IEnumerable<string> Lines =>
    [
        .. pairs.Where(pair => pair.Where is not null || pair.TargetWhere is not null).SelectMany(Condition),
        .. order.InCycles().Select(item => literals.ChecksEachStatement && !item.Key.Deferrable
            ? $"Caution: {item.Table.Pair.TargetName} is in a cycle of foreign keys, and {item.Key.Name} can't be deferred: where rows need each other {Fails}."
            : $"The foreign key {item.Key.Name ?? "of " + string.Join(", ", item.Key.Columns)} of {item.Table.Pair.TargetName} is in a cycle; it is checked at the end."),
        .. order.DeletedLast.Select(table => $"Rows of {table.Pair.TargetName} are deleted last, for rows that are updated still refer to them."),
        .. order.References.Where(reference => reference.Parent.Deletes > 0).Select(OnDelete).OfType<string>(),
        .. order.References.Where(reference => reference.IsUpdated).Select(OnUpdate).OfType<string>(),
        .. order.ParentsFirst.SelectMany(Unique),
        .. order.ParentsFirst.SelectMany(table => schema.Others.Where(other => other.Kind is "trigger" or "rule" && IsOf(other, table.Table.Name)).Select(other =>
            $"Caution: the {other.Kind} {other.Name} does its work on the rows that are changed.")),
        .. order.ParentsFirst.Where(table => table.HasInserts).Select(table => (Table: table, Unfilled: Unfilled(table).ToList())).Where(item => item.Unfilled.Count > 0).Select(item =>
            $"Columns of {item.Table.Pair.TargetName} without a source get their defaults in inserted rows: {string.Join(", ", item.Unfilled)}."),
    ];

    private static IEnumerable<string> Condition(TablePair pair)
    {
        yield return $"Only rows of {pair.TargetName} were compared that meet a condition; on the source: {OneLine(pair.Where)}; on the target: {OneLine(pair.TargetWhere)}.";
        yield return $"Caution: a row of {pair.TargetName} that meets its condition on one side only is taken for missing or extra. "
            + (pair.Key.Count > 0 ? "Such rows were looked for by their key, and are left out." : "Without a key such rows can't be looked for: read each statement.");
    }

    private static string OneLine(string? condition) => condition is null ? "(none, all rows)" : string.Join(' ', condition.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private string? OnDelete(RepairReference reference)
    {
        var (child, parent, action) = (reference.Child.Name, reference.Parent.Pair.TargetName, reference.Key.OnDelete);
        var uncompared = pairs.Any(pair => pair.TargetSql is null && pair.Target.Name == child) ? string.Empty : ", which was not compared,";
        if (!reference.ActsOnDelete)
        {
            return uncompared.Length == 0 ? null : $"Caution: {child}{uncompared} refers to rows of {parent}; where it refers to one that is deleted, ON DELETE {action} makes the script fail, and it changes nothing.";
        }

        return $"Caution: {child}{uncompared} refers to rows of {parent} that are deleted, ON DELETE {action}: " + (order.IsGuarded(reference, literals)
            ? $"where a row of it still refers to one of them, {Fails}."
            : $"a row of it that refers to one of them is {(action == "CASCADE" ? "deleted with it, also where it" : "changed by that, also where it")} is none of the rows named here.");
    }

    private string? OnUpdate(RepairReference reference)
    {
        var (child, parent, action) = (reference.Child.Name, reference.Parent.Pair.TargetName, reference.Key.OnUpdate);
        var what = $"Caution: {child} refers to columns of {parent} that are updated ({string.Join(", ", reference.ParentColumns)}), ON UPDATE {action}: ";
        return reference.ActsOnUpdate ? what + "a row of it that refers to an old value is changed by that, also where it is none of the rows named here."
            : action == "RESTRICT" || (literals.ChecksEachStatement && !reference.Key.Deferrable) ? what + $"where a row of it refers to an old value, {Fails}."
            : null;
    }

    // Rows are deleted, then updated, then inserted: a value is free before another row takes it, but for these.
    private IEnumerable<string> Unique(RepairTable table)
    {
        var name = table.Pair.TargetName;
        var taken = table.Updates > 0 && UniqueValues.ChangedIn(table);
        if (table.Updates > 1 && taken)
        {
            yield return $"Caution: where rows of {name} exchange a unique value among themselves, or one takes what another gives up later, {Fails}.";
        }

        if (table.Updates > 0 && table.Inserts > 0 && taken && order.ChangesReferenceToItself(table))
        {
            yield return $"Caution: rows of {name} are inserted before others are updated, which may refer to them; where one takes a unique value that an update gives up, {Fails}.";
        }

        if (table.Deletes > 0 && order.DeletedLast.Contains(table) && (taken || (table.Inserts > 0 && UniqueValues.BesideTheKey(table))))
        {
            yield return $"Caution: rows of {name} are deleted last; where another row takes a unique value of one of them, {Fails}.";
        }
    }

    private static IEnumerable<string> Unfilled(RepairTable table) => table.Table.Columns
        .Where(column => !column.Generated && !table.Pair.Columns.Any(pair => pair.Target.Name == column.Name))
        .Select(column => column.Name);

    // PostgreSQL's triggers are named schema.table.trigger; SQLite's by themselves, with the table in their definition.
    private static bool IsOf(OtherObject other, TableName table) => table.Schema is null
        ? other.Definition?.Contains(table.Name, StringComparison.OrdinalIgnoreCase) ?? false
        : other.Name.StartsWith($"{table}.", StringComparison.Ordinal);
}
