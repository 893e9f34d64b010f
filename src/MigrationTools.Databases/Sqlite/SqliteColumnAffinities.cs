using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>The affinities that a table's columns really have, asked of the table itself.</summary>
internal static class SqliteColumnAffinities
{
    public static SqliteAffinity[] Of(SqliteConnectionHandle connection, TableName table, IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken)
    {
        const string doing = "Reading the columns of a table";
        var declared = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in SqliteRows.Of(connection, "SELECT name, type FROM pragma_table_xinfo(?1, ?2)", [table.Name, table.Schema ?? "main"], doing, cancellationToken))
        {
            declared[row[0]!] = row[1] ?? string.Empty;
        }

        var strict = SqliteRows.Of(connection, "SELECT strict FROM pragma_table_list(?1) WHERE schema = ?2", [table.Name, table.Schema ?? "main"], doing, cancellationToken)
            .Any(row => row[0] == "1");
        return columns.Select(column => SqliteTypes.AffinityOf(declared.GetValueOrDefault(column.Name, column.ServerType), strict)).ToArray();
    }
}
