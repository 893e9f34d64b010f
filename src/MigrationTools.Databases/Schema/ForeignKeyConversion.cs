using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Carries foreign keys over, once every table's own structure is known.</summary>
internal static class ForeignKeyConversion
{
    public static List<TableSchema> Add(IReadOnlyList<TablePlacement> placements, IReadOnlyList<TableSchema> tables, bool sameEngine, List<LeftBehindObject> leftBehind)
    {
        var bySource = placements.Zip(tables).ToDictionary(pair => pair.First.Source.Name, pair => (Placement: pair.First, Table: pair.Second));
        var result = new List<TableSchema>(tables.Count);
        foreach (var (placement, table) in placements.Zip(tables))
        {
            var taken = ConstraintNames(table);
            var keys = new List<ForeignKeySchema>();
            foreach (var key in placement.Source.ForeignKeys)
            {
                var reason = Convert(key, placement, table, bySource, out var converted);
                if (converted is not null)
                {
                    keys.Add(converted with { Name = converted.Name is { } name && taken.Add(name) ? name : null, MatchFull = key.MatchFull && sameEngine });
                    if (key.MatchFull && !sameEngine && key.Columns.Count > 1)
                    {
                        leftBehind.Add(new LeftBehindObject("match full", $"{placement.Source.Name}: {key.Name ?? string.Join(", ", key.Columns)}", "the target lets a row refer to nothing by a NULL in one of the columns alone"));
                    }
                }
                else
                {
                    var label = key.Name ?? string.Join(", ", key.Columns);
                    leftBehind.Add(new LeftBehindObject("foreign key", $"{placement.Source.Name}: {label}", reason));
                }
            }

            result.Add(table with { ForeignKeys = keys });
        }

        return result;
    }

    private static string Convert(
        ForeignKeySchema key,
        TablePlacement placement,
        TableSchema table,
        Dictionary<TableName, (TablePlacement Placement, TableSchema Table)> bySource,
        out ForeignKeySchema? converted)
    {
        converted = null;
        if (Referenced(key.References, bySource) is not var (parentPlacement, parent))
        {
            return $"it refers to '{key.References}', which is not among the tables";
        }

        var columns = placement.Renamed(key.Columns);
        IReadOnlyList<string?> referenced = key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : parentPlacement.Source.PrimaryKey?.Columns ?? [];
        var referencedColumns = parentPlacement.Renamed(referenced);
        if (columns is null || referencedColumns is null || columns.Count != referencedColumns.Count || columns.Count == 0)
        {
            return "one of its columns is not taken";
        }

        if (!IsUnique(parent, referencedColumns))
        {
            return $"the target's '{parent.Name}' has no primary or unique key on ({string.Join(", ", referencedColumns)})";
        }

        for (var at = 0; at < columns.Count; at++)
        {
            var child = table.FindColumn(columns[at])!.Type.Kind;
            var other = parent.FindColumn(referencedColumns[at])!.Type.Kind;
            if (!CanRefer(child, other))
            {
                return $"column '{columns[at]}' is {child} and what it refers to is {other}";
            }
        }

        converted = key with { Columns = columns, References = parent.Name, ReferencedColumns = referencedColumns };
        return "";
    }

    // SQLite compares table names without regard to case.
    private static (TablePlacement Placement, TableSchema Table)? Referenced(
        TableName name,
        Dictionary<TableName, (TablePlacement Placement, TableSchema Table)> bySource)
    {
        if (bySource.TryGetValue(name, out var exact))
        {
            return exact;
        }

        var alike = bySource.Where(pair => name.Schema is null && pair.Key.Name.Equals(name.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike.Count == 1 ? alike[0].Value : null;
    }

    private static bool IsUnique(TableSchema table, IReadOnlyList<string> columns)
    {
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        return Matches(table.PrimaryKey?.Columns)
            || table.UniqueKeys.Any(key => Matches(key.Columns))
            || table.Indexes.Any(index => index.Unique && index.Where is null && index.Columns.All(column => column is not null) && Matches(index.Columns!));

        bool Matches(IReadOnlyList<string?>? key) => key is not null && key.Count == wanted.Count && key.All(column => wanted.Contains(column!));
    }

    private static HashSet<string> ConstraintNames(TableSchema table)
    {
        string?[] names = [table.PrimaryKey?.Name, .. table.UniqueKeys.Select(key => key.Name), .. table.Checks.Select(check => check.Name)];
        return new HashSet<string>(names.OfType<string>(), StringComparer.Ordinal);
    }

    // PostgreSQL refers only where the referring type turns into the other one by itself (its documentation of CREATE TABLE, "REFERENCES"); the other engine does not mind.
    private static bool CanRefer(LogicalKind child, LogicalKind parent) => Rank(child) is { } from && Rank(parent) is { } to
        ? from <= to
        : child == parent || (IsText(child) && IsText(parent));

    private static int? Rank(LogicalKind kind) => kind switch
    {
        LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => 0,
        LogicalKind.Decimal => 1,
        LogicalKind.Float32 or LogicalKind.Float64 => 2,
        _ => null,
    };

    private static bool IsText(LogicalKind kind) => kind is LogicalKind.Text or LogicalKind.Char or LogicalKind.Dynamic;
}
