using System.Globalization;
using MigrationTools.Databases.Runs;
using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Reads the structure of a SQLite file inside one read transaction, without the tables of a store of runs.</summary>
internal static class SqliteSchemaReader
{
    private const string Doing = "Reading the schema";

    public static DatabaseSchema Read(SqliteConnectionHandle connection, CancellationToken cancellationToken)
    {
        var objects = SqliteRows.Of(
                connection, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name", [], Doing, cancellationToken)
            .Select(row => new SchemaObject(row[0]!, row[1]!, row[2]!, row[3]))
            .ToList();
        var kinds = SqliteRows.Of(
            connection, "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", [], Doing, cancellationToken);
        var estimates = Estimates(connection, cancellationToken);

        var tables = new List<TableSchema>();
        var others = new List<OtherObject>();
        foreach (var row in kinds.OrderBy(row => row[0], StringComparer.Ordinal))
        {
            var name = row[0]!;
            var sql = objects.Find(item => item.Type == "table" && item.Name == name)?.Sql;
            if (RunTables.IsOne(new TableName(null, name)))
            {
                continue;
            }

            switch (row[1])
            {
                case "table":
                    string[] options = [.. row[2] == "1" ? ["WITHOUT ROWID"] : Array.Empty<string>(), .. row[3] == "1" ? ["STRICT"] : Array.Empty<string>()];
                    tables.Add(SqliteTableReader.Read(connection, name, sql ?? string.Empty, objects, estimates.GetValueOrDefault(name), others, cancellationToken) with { Options = options });
                    others.AddRange(options.Select(option => new OtherObject(SchemaConverter.TableOptionKind, name, option)));
                    break;
                case "virtual":
                    others.Add(new OtherObject("virtual table", name, sql));
                    break;
                case "shadow":
                    others.Add(new OtherObject("table of a virtual table", name, sql));
                    break;
            }
        }

        others.AddRange(objects.Where(item => item.Type == "trigger").Select(item => new OtherObject("trigger", item.Name, item.Sql)));
        return new DatabaseSchema
        {
            Tables = ResolveParents(tables),
            Views = objects.Where(item => item.Type == "view").OrderBy(item => item.Name, StringComparer.Ordinal)
                .Select(item => new ViewSchema(new TableName(null, item.Name), item.Sql ?? string.Empty)).ToList(),
            Others = others,
        };
    }

    // ANALYZE leaves the number of rows first in each of its lines.
    private static Dictionary<string, long?> Estimates(SqliteConnectionHandle connection, CancellationToken cancellationToken)
    {
        var analyzed = connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'", Doing, cancellationToken) != "0";
        return analyzed
            ? SqliteRows.Of(connection, "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl", [], Doing, cancellationToken)
                .Where(row => row[0] is not null && row[1] is not null)
                .ToDictionary(row => row[0]!, row => (long?)long.Parse(row[1]!, CultureInfo.InvariantCulture), StringComparer.Ordinal)
            : [];
    }

    // SQLite matches names of parents whatever their case, and lets the parent's primary key go unnamed.
    private static List<TableSchema> ResolveParents(List<TableSchema> tables) =>
        tables.Select(table => table with { ForeignKeys = table.ForeignKeys.Select(key => Resolve(key, tables)).ToList() }).ToList();

    private static ForeignKeySchema Resolve(ForeignKeySchema key, List<TableSchema> tables)
    {
        var parent = tables.Find(table => table.Name.Name.Equals(key.References.Name, StringComparison.OrdinalIgnoreCase));
        if (parent is null)
        {
            return key;
        }

        var columns = key.ReferencedColumns.Count == 0 ? parent.PrimaryKey?.Columns ?? [] : key.ReferencedColumns;
        return key with
        {
            References = parent.Name,
            ReferencedColumns = columns.Select(name => parent.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? name).ToList(),
        };
    }

    internal sealed record SchemaObject(string Type, string Name, string Table, string? Sql);
}
