using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Mapping;

/// <summary>Which of the source's tables have no table in the target and are to be made from the source's own structure.</summary>
internal static class MissingTables
{
    /// <summary>A mapping by query is not in it: its structure can't be told from the source, so its target table must stand.</summary>
    public static SchemaMapping Of(DatabaseSystemSpec system, DatabaseSchema source, DatabaseSchema now)
    {
        var missing = new List<TableMapping>();
        foreach (var table in source.Tables.Where(table => TablePairing.IsTaken(system, table.Name)))
        {
            var map = system.Map.FirstOrDefault(map => map.Table is { } name && TablePairing.Matches(name, table.Name));
            var to = map?.To ?? table.Name.Name;
            if (now.Tables.All(candidate => !TablePairing.Matches(to, candidate.Name)))
            {
                missing.Add(new TableMapping(table.Name)
                {
                    Target = map is null ? null : new TableName(null, to),
                    Columns = map?.Columns ?? new Dictionary<string, string>(),
                    Dropped = [.. map?.Drop ?? []],
                });
            }
        }

        return new SchemaMapping(missing);
    }
}
