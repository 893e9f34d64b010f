using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>
/// Finds the foreign keys that partitions of PostgreSQL's tables declare for themselves: a schema holds whole tables, and its foreign keys are of all
/// partitions. They count as foreign keys of the whole table.
/// </summary>
internal static class ForeignKeysOfPartitions
{
    private static readonly string[] Columns =
        ["part_schema", "part", "whole_schema", "whole", "name", "columns", "parent_schema", "parent", "referenced", "match"];

    /// <exception cref="DatabaseException">The catalogs can't be read.</exception>
    public static async Task<IReadOnlyList<ForeignKeyToCheck>> ReadAsync(ReferentialRequest request, Look look, CancellationToken cancellationToken)
    {
        if (look.Database.Dialect.Name != "postgresql")
        {
            return [];
        }

        var keys = new List<ForeignKeyToCheck>();
        foreach (var row in await look.ReadTextsAsync(PostgresCatalogSql.ForeignKeysOfPartitions, Columns, limit: null, cancellationToken).ConfigureAwait(false))
        {
            var whole = new TableName(row["whole_schema"], row["whole"]!);
            if (request.Schema.Find(whole) is { } table && (request.Tables is null || request.Tables.Contains(whole)))
            {
                keys.Add(Key(row, table, request.Schema));
            }
        }

        return keys;
    }

    private static ForeignKeyToCheck Key(IReadOnlyDictionary<string, string?> row, TableSchema whole, DatabaseSchema schema)
    {
        var references = new TableName(row["parent_schema"], row["parent"]!);
        return new ForeignKeyToCheck
        {
            Table = whole with { Name = new TableName(row["part_schema"], row["part"]!) },
            Key = new ForeignKeySchema
            {
                Name = row["name"],
                Columns = PostgresNames.Of(row["columns"]),
                References = references,
                ReferencedColumns = PostgresNames.Of(row["referenced"]),
                MatchFull = row["match"] == "f",
            },
            Parent = schema.Find(references),
        };
    }
}
