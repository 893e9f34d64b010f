namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What of a table must be unique besides the key by which its rows were told apart.</summary>
internal static class UniqueValues
{
    /// <summary>Whether updates may change such a value.</summary>
    public static bool ChangedIn(RepairTable table) => Sets(table).Any(columns => columns is null || columns.Any(column => MayChange(table, column)));

    /// <summary>Whether there is any: two rows of other keys may want the same value. A collation may take keys that are not the same for one.</summary>
    public static bool BesideTheKey(RepairTable table) =>
        Sets(table).Any(columns => columns is null || !columns.ToHashSet(StringComparer.Ordinal).SetEquals(table.Pair.Key))
        || table.Pair.Key.Any(name => table.Table.FindColumn(name)?.Collation is not null);

    // Null where an expression or a condition decides, of which the columns are not known.
    private static IEnumerable<IReadOnlyList<string>?> Sets(RepairTable table) =>
    [
        .. table.Table.PrimaryKey is { } primary ? [primary.Columns] : Array.Empty<IReadOnlyList<string>>(),
        .. table.Table.UniqueKeys.Select(key => key.Columns),
        .. table.Table.Indexes.Where(index => index.Unique).Select(index => index.Where is null && !index.Columns.Contains(null) ? index.Columns.OfType<string>().ToList() : null),
    ];

    private static bool MayChange(RepairTable table, string column) =>
        table.ChangedColumns.Contains(column) || (table.Table.FindColumn(column)?.Generated ?? false);
}
