using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Foreign keys that lie in a circle of tables (a table that refers to itself is one): no order of statements satisfies them at every moment. PostgreSQL can check
/// them at the end of a transaction if they are told to for its time (its documentation, ALTER TABLE … ALTER CONSTRAINT, SET CONSTRAINTS).
/// </summary>
internal static class CyclicKeys
{
    /// <summary>Those that are checked at every statement now.</summary>
    public static IReadOnlyList<(TableName Table, string Name)> Find(DatabaseSchema schema)
    {
        var references = schema.Tables.ToDictionary(table => table.Name, table => table.ForeignKeys.Select(key => key.References).ToHashSet());
        return
        [
            .. from table in schema.Tables
               from key in table.ForeignKeys
               where !key.Deferrable && key.Name is not null && Reaches(references, key.References, table.Name)
               select (table.Name, key.Name),
        ];
    }

    /// <summary>Has them checked at the end of the open transaction.</summary>
    public static string Defer(ISqlDialect dialect, (TableName Table, string Name) key) =>
        $"alter table {dialect.Quote(key.Table)} alter constraint {dialect.Quote(key.Name)} deferrable initially deferred";

    /// <summary>As it was. Before it <c>set constraints all immediate</c> has checked what is pending.</summary>
    public static string Restore(ISqlDialect dialect, (TableName Table, string Name) key) =>
        $"alter table {dialect.Quote(key.Table)} alter constraint {dialect.Quote(key.Name)} not deferrable";

    private static bool Reaches(Dictionary<TableName, HashSet<TableName>> references, TableName from, TableName to)
    {
        var seen = new HashSet<TableName> { from };
        var open = new Stack<TableName>(seen);
        while (open.TryPop(out var table))
        {
            if (table == to)
            {
                return true;
            }

            foreach (var next in references.GetValueOrDefault(table, []).Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return false;
    }
}
