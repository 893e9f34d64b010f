using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Orders tables by their foreign keys.</summary>
internal static class TableOrder
{
    /// <summary>
    /// Referenced tables before those that refer to them; otherwise as given. In a cycle the table that waits for the fewest
    /// others goes first.
    /// </summary>
    public static IReadOnlyList<TableSchema> ReferencedFirst(IReadOnlyList<TableSchema> tables)
    {
        var names = tables.Select(table => table.Name).ToHashSet();
        var waiting = tables.ToDictionary(
            table => table.Name,
            table => table.ForeignKeys.Select(key => key.References).Where(name => name != table.Name && names.Contains(name)).ToHashSet());
        var ordered = new List<TableSchema>(tables.Count);
        while (waiting.Count > 0)
        {
            var next = tables.Where(table => waiting.ContainsKey(table.Name)).MinBy(table => waiting[table.Name].Count)!;
            waiting.Remove(next.Name);
            foreach (var others in waiting.Values)
            {
                others.Remove(next.Name);
            }

            ordered.Add(next);
        }

        return ordered;
    }
}
