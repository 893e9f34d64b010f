using MigrationTools.Engine.Databases;
using SchemaObject = MigrationTools.Databases.Sqlite.SqliteSchemaReader.SchemaObject;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Reads one table: what SQLite's pragmas tell, with what only the statement's text tells.</summary>
internal static class SqliteTableReader
{
    private const string Doing = "Reading the schema";

    public static TableSchema Read(
        SqliteConnectionHandle connection,
        string name,
        string sql,
        IReadOnlyList<SchemaObject> objects,
        long? estimatedRows,
        List<OtherObject> others,
        CancellationToken cancellationToken)
    {
        var source = SqliteCreateTableParser.Parse(sql);
        var columns = Query("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid");
        var indexes = Query("SELECT name, \"unique\", origin FROM pragma_index_list(?1) ORDER BY seq DESC");
        var keyColumns = columns.Where(row => row[4] != "0").OrderBy(row => int.Parse(row[4]!, System.Globalization.CultureInfo.InvariantCulture)).Select(row => row[0]!).ToList();

        // The rowid's alias is the one primary key without an index of its own.
        var rowIdAlias = keyColumns.Count == 1 && indexes.TrueForAll(row => row[2] != "pk") ? keyColumns[0] : null;

        others.AddRange(source.Generated.Select(item => new OtherObject("generated column", $"{name}.{item.Key}", item.Value)));
        return new TableSchema
        {
            Name = new TableName(null, name),
            Columns = columns.Select(row => Column(row, source, rowIdAlias)).ToList(),
            PrimaryKey = keyColumns.Count == 0 ? null : new KeySchema(source.PrimaryKeyName, keyColumns),
            UniqueKeys = UniqueKeys(indexes.Where(row => row[2] == "u").Select(row => IndexColumns(row[0]!).Select(column => column!).ToList()), source),
            ForeignKeys = ForeignKeys(Query("SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq"), source),
            Indexes = indexes.Where(row => row[2] == "c").Select(row => Index(row, IndexColumns(row[0]!), objects)).OrderBy(index => index.Name, StringComparer.Ordinal).ToList(),
            Checks = source.Checks,
            EstimatedRows = estimatedRows,
        };

        List<IReadOnlyList<string?>> Query(string query) => SqliteRows.Of(connection, query, [name], Doing, cancellationToken);

        List<string?> IndexColumns(string index) =>
            SqliteRows.Of(connection, "SELECT name FROM pragma_index_xinfo(?1) WHERE key = 1 ORDER BY seqno", [index], Doing, cancellationToken).Select(row => row[0]).ToList();
    }

    private static ColumnSchema Column(IReadOnlyList<string?> row, SqliteTableSource source, string? rowIdAlias)
    {
        var name = row[0]!;
        var isAlias = name == rowIdAlias;
        var declared = row[1] ?? string.Empty;
        var generated = row[5] is "2" or "3";
        return new ColumnSchema
        {
            Name = name,
            Type = SqliteTypes.LogicalOf(WithoutGeneration(declared, generated)),
            ServerType = WithoutGeneration(declared, generated),
            Nullable = row[2] == "0" && !isAlias,
            Default = row[3],
            Identity = isAlias,
            Autoincrement = isAlias && source.Autoincrement,
            HoldsAnyType = true,
            Generated = generated,
            Collation = source.Collations.TryGetValue(name, out var collation) && !collation.Equals("BINARY", StringComparison.OrdinalIgnoreCase) ? collation : null,
        };
    }

    // SQLite takes the words GENERATED ALWAYS for a part of the type's name (build.c, sqlite3AddGenerated).
    private static string WithoutGeneration(string declared, bool generated)
    {
        const string words = "GENERATED ALWAYS";
        return generated && declared.EndsWith(words, StringComparison.OrdinalIgnoreCase) ? declared[..^words.Length].TrimEnd() : declared;
    }

    // SQLite moves keys with ON CONFLICT REPLACE behind the others; the statement's order is the one that people know.
    private static List<KeySchema> UniqueKeys(IEnumerable<List<string>> keys, SqliteTableSource source) => keys
        .Select(columns => (Columns: columns, Place: source.UniqueKeys.FindIndex(key => key.Columns.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase))))
        .OrderBy(key => (uint)key.Place)
        .Select(key => new KeySchema(key.Place < 0 ? null : source.UniqueKeys[key.Place].Name, key.Columns))
        .ToList();

    private static List<ForeignKeySchema> ForeignKeys(List<IReadOnlyList<string?>> rows, SqliteTableSource source)
    {
        // SQLite numbers them backwards: the last in the statement is 0.
        var groups = rows.GroupBy(row => row[0]).ToList();
        return groups.Select((group, index) =>
        {
            var first = group.First();
            var columns = group.Select(row => row[3]!).ToList();
            var written = index < source.ForeignKeys.Count && source.ForeignKeys[index].Columns.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase) ? source.ForeignKeys[index] : null;
            return new ForeignKeySchema
            {
                Name = written?.Name,
                Columns = columns,
                References = new TableName(null, first[2]!),
                ReferencedColumns = first[4] is null ? [] : group.Select(row => row[4]!).ToList(),
                OnUpdate = first[5]!,
                OnDelete = first[6]!,
                Deferrable = written?.Deferrable ?? false,
                InitiallyDeferred = written?.InitiallyDeferred ?? false,
            };
        }).ToList();
    }

    private static IndexSchema Index(IReadOnlyList<string?> row, List<string?> columns, IReadOnlyList<SchemaObject> objects)
    {
        var definition = objects.FirstOrDefault(item => item.Type == "index" && item.Name == row[0])?.Sql;
        return new IndexSchema { Name = row[0]!, Columns = columns, Unique = row[1] == "1", Definition = definition, Where = WhereOf(definition) };
    }

    private static string? WhereOf(string? definition)
    {
        if (definition is null)
        {
            return null;
        }

        var depth = 0;
        foreach (var token in SqliteSql.Tokens(definition))
        {
            depth += token.IsSymbol('(') ? 1 : token.IsSymbol(')') ? -1 : 0;
            if (depth == 0 && token.IsWord("WHERE"))
            {
                return definition[token.End..].Trim();
            }
        }

        return null;
    }
}
