using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>How PostgreSQL writes SQL (its documentation, part VI).</summary>
internal sealed class PostgresDialect : ISqlDialect
{
    public string Name => "postgresql";

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
        return identity && type.Kind is not (LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64) ? "bigint" : PostgresLogicalTypes.ServerTypeFor(type);
    }

    public string CreateTable(TableSchema table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var parts = table.Columns.Select(Column).ToList();
        if (table.PrimaryKey is { } primary)
        {
            parts.Add(Named(primary.Name) + "PRIMARY KEY (" + Names(primary.Columns) + ")" + Deferral(primary.Deferrable, primary.InitiallyDeferred));
        }

        parts.AddRange(table.UniqueKeys.Select(key => Named(key.Name) + Unique(key)));
        parts.AddRange(table.Checks.Select(check => Named(check.Name) + "CHECK (" + check.Expression + ")"));
        return $"CREATE TABLE {Quote(table.Name)} (\n    {string.Join(",\n    ", parts)}\n)";
    }

    public string DropTable(TableName table) => "DROP TABLE " + Quote(table);

    public IReadOnlyList<string> DropTables(IReadOnlyList<TableName> tables) => [$"DROP TABLE {string.Join(", ", tables.Select(Quote))}"];

    public string CreateIndex(TableName table, IndexSchema index)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (index.Columns.Any(column => column is null))
        {
            return index.Definition ?? throw new ArgumentException($"Index {index.Name} is on an expression and has no definition.", nameof(index));
        }

        var where = index.Where is null ? string.Empty : $" WHERE ({index.Where})";
        return $"CREATE {(index.Unique ? "UNIQUE " : string.Empty)}INDEX {Quote(index.Name)} ON {Quote(table)} ({Names(index.Columns!)}){where}";
    }

    public string DropIndex(TableName table, IndexSchema index)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(index);
        return "DROP INDEX " + Quote(table with { Name = index.Name });
    }

    public string? AddForeignKey(TableName table, ForeignKeySchema key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parent = key.ReferencedColumns.Count == 0 ? string.Empty : $" ({Names(key.ReferencedColumns)})";
        return $"ALTER TABLE {Quote(table)} ADD {Named(key.Name)}FOREIGN KEY ({Names(key.Columns)}) REFERENCES {Quote(key.References)}{parent}{(key.MatchFull ? " MATCH FULL" : string.Empty)}"
            + Action(" ON DELETE ", key.OnDelete) + Action(" ON UPDATE ", key.OnUpdate) + Deferral(key.Deferrable, key.InitiallyDeferred);
    }

    public string? DropForeignKey(TableName table, ForeignKeySchema key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DropConstraint(table, key.Name, nameof(key));
    }

    public string? AddKey(TableName table, KeySchema key, bool primary)
    {
        ArgumentNullException.ThrowIfNull(key);
        return $"ALTER TABLE {Quote(table)} ADD {Named(key.Name)}{(primary ? $"PRIMARY KEY ({Names(key.Columns)}){Deferral(key.Deferrable, key.InitiallyDeferred)}" : Unique(key))}";
    }

    public string? DropKey(TableName table, KeySchema key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DropConstraint(table, key.Name, nameof(key));
    }

    /// <summary>Works for identity columns and for serials; a table without a value above zero starts with 1.</summary>
    public string? AdvanceIdentity(TableName table, string column)
    {
        var (quoted, value) = (Quote(table), Quote(column));

        // Never back: what it has given out before, or is told to begin with, stays given out. One that counts down is nothing that a largest number says anything of.
        return $"""
            SELECT pg_catalog.setval(numbers.seqrelid::regclass, taken.most)
            FROM (SELECT max({value}) AS most FROM {quoted}) AS taken
            JOIN pg_catalog.pg_sequence AS numbers ON numbers.seqrelid = pg_catalog.pg_get_serial_sequence({PostgresLiteral.Quote(quoted)}, {PostgresLiteral.Quote(column)})::regclass
            WHERE numbers.seqincrement > 0 AND taken.most > coalesce(pg_catalog.pg_sequence_last_value(numbers.seqrelid), numbers.seqstart - numbers.seqincrement)
            """;
    }

    public string? SetSequence(SequenceState position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return position.Last is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT pg_catalog.setval({PostgresLiteral.Quote(Quote(position.Sequence))}, {position.Last}, {(position.Used ? "true" : "false")})");
    }

    private string Column(ColumnSchema column)
    {
        var sql = new StringBuilder(Quote(column.Name)).Append(' ').Append(column.ServerType);
        _ = column.Collation is null ? sql : sql.Append(" COLLATE ").Append(Quote(column.Collation));
        _ = column.Nullable ? sql : sql.Append(" NOT NULL");
        _ = column.Identity ? sql.Append(column.IdentityAlways ? " GENERATED ALWAYS AS IDENTITY" : " GENERATED BY DEFAULT AS IDENTITY") : sql;
        _ = column.Default is null ? sql : sql.Append(" DEFAULT ").Append(column.Default);
        return sql.ToString();
    }

    private string DropConstraint(TableName table, string? name, string parameter) => name is null
        ? throw new ArgumentException($"A constraint of {table} has no name; read the schema for the name that the server gave it.", parameter)
        : $"ALTER TABLE {Quote(table)} DROP CONSTRAINT {Quote(name)}";

    private string Unique(KeySchema key) => $"UNIQUE {(key.NullsNotDistinct ? "NULLS NOT DISTINCT " : string.Empty)}({Names(key.Columns)}){Deferral(key.Deferrable, key.InitiallyDeferred)}";

    private static string Deferral(bool deferrable, bool initially) =>
        deferrable ? $" DEFERRABLE INITIALLY {(initially ? "DEFERRED" : "IMMEDIATE")}" : string.Empty;

    private static string Action(string when, string action) => action == "NO ACTION" ? string.Empty : when + action;

    private string Named(string? name) => name is null ? string.Empty : $"CONSTRAINT {Quote(name)} ";

    private string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));
}
