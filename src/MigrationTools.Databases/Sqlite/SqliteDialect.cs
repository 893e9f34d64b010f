using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>How SQLite writes SQL (sqlite.org/lang.html).</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    public string Name => "sqlite";

    public string Quote(string identifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(identifier);
        return identifier.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A name can't hold a NUL character.", nameof(identifier))
            : "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    public string Quote(TableName table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Schema is null ? Quote(table.Name) : Quote(table.Schema) + "." + Quote(table.Name);
    }

    public string TypeFor(LogicalType type, bool identity)
    {
        ArgumentNullException.ThrowIfNull(type);
        return identity ? "INTEGER" : SqliteTypes.DeclaredFor(type);
    }

    public string CreateTable(TableSchema table)
    {
        ArgumentNullException.ThrowIfNull(table);
        // AUTOINCREMENT has its place beside the column (sqlite.org/lang_createtable.html, column-constraint), and so has the key then.
        var parts = table.Columns.Select(column => Column(column) + (column.Autoincrement ? $" {Named(table.PrimaryKey?.Name)}PRIMARY KEY AUTOINCREMENT" : string.Empty)).ToList();
        if (table.PrimaryKey is { } primary && !table.Columns.Any(column => column.Autoincrement))
        {
            parts.Add(Named(primary.Name) + "PRIMARY KEY (" + Names(primary.Columns) + ")");
        }

        parts.AddRange(table.UniqueKeys.Select(key => Named(key.Name) + "UNIQUE (" + Names(key.Columns) + ")"));
        parts.AddRange(table.Checks.Select(check => Named(check.Name) + "CHECK (" + check.Expression + ")"));
        parts.AddRange(table.ForeignKeys.Select(ForeignKey));
        return $"CREATE TABLE {Quote(table.Name)} (\n    {string.Join(",\n    ", parts)}\n){(table.Options.Count == 0 ? string.Empty : " " + string.Join(", ", table.Options))}";
    }

    public string DropTable(TableName table) => "DROP TABLE " + Quote(table);

    public IReadOnlyList<string> DropTables(IReadOnlyList<TableName> tables) => [.. tables.Select(DropTable)];

    public string CreateIndex(TableName table, IndexSchema index)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(index);
        if (index.Columns.Any(column => column is null))
        {
            return index.Definition ?? throw new ArgumentException($"Index {index.Name} is on an expression and has no definition.", nameof(index));
        }

        // The index goes where its table is: it is its own name that carries the schema.
        var name = table.Schema is null ? Quote(index.Name) : Quote(table.Schema) + "." + Quote(index.Name);
        var where = index.Where is null ? string.Empty : " WHERE " + index.Where;
        return $"CREATE {(index.Unique ? "UNIQUE " : string.Empty)}INDEX {name} ON {Quote(table.Name)} ({Names(index.Columns!)}){where}";
    }

    public string DropIndex(TableName table, IndexSchema index)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(index);
        return "DROP INDEX " + (table.Schema is null ? Quote(index.Name) : Quote(table.Schema) + "." + Quote(index.Name));
    }

    public string? AddForeignKey(TableName table, ForeignKeySchema key) => null;

    public string? DropForeignKey(TableName table, ForeignKeySchema key) => null;

    public string? AddKey(TableName table, KeySchema key, bool primary) => null;

    public string? DropKey(TableName table, KeySchema key) => null;

    /// <summary>SQLite numbers from the largest value that is there (and keeps sqlite_sequence itself).</summary>
    public string? AdvanceIdentity(TableName table, string column) => null;

    /// <summary>An entry that was not there is taken out again.</summary>
    public string? SetSequence(SequenceState position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var (table, name) = (Quote(position.Sequence with { Name = "sqlite_sequence" }), $"'{position.Sequence.Name.Replace("'", "''", StringComparison.Ordinal)}'");
        return position.Last is null
            ? $"DELETE FROM {table} WHERE name = {name}"
            : string.Create(CultureInfo.InvariantCulture, $"""
                UPDATE {table} SET seq = {position.Last} WHERE name = {name};
                INSERT INTO {table} (name, seq) SELECT {name}, {position.Last} WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE name = {name})
                """);
    }

    private string Column(ColumnSchema column)
    {
        var sql = new StringBuilder(Quote(column.Name));
        _ = column.ServerType.Length == 0 ? sql : sql.Append(' ').Append(column.ServerType);
        _ = column.Collation is null ? sql : sql.Append(" COLLATE ").Append(Quote(column.Collation));
        _ = column.Nullable ? sql : sql.Append(" NOT NULL");
        _ = column.Default is null ? sql : sql.Append(" DEFAULT (").Append(column.Default).Append(')');
        return sql.ToString();
    }

    private string ForeignKey(ForeignKeySchema key)
    {
        // A parent is always in the same file, so its schema is left out: the grammar has no place for it.
        var parent = key.ReferencedColumns.Count == 0 ? string.Empty : $" ({Names(key.ReferencedColumns)})";
        var sql = $"{Named(key.Name)}FOREIGN KEY ({Names(key.Columns)}) REFERENCES {Quote(key.References.Name)}{parent}";
        return sql + Action(" ON DELETE ", key.OnDelete) + Action(" ON UPDATE ", key.OnUpdate) + (key.Deferrable ? $" DEFERRABLE INITIALLY {(key.InitiallyDeferred ? "DEFERRED" : "IMMEDIATE")}" : string.Empty);
    }

    private static string Action(string when, string action) => action == "NO ACTION" ? string.Empty : when + action;

    private string Named(string? name) => name is null ? string.Empty : $"CONSTRAINT {Quote(name)} ";

    private string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));
}
