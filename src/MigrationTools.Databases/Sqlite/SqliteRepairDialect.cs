using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Scripts for SQLite's shell.</summary>
/// <param name="dialect">Quotes.</param>
/// <param name="encoding">The target's, as PRAGMA encoding names it.</param>
internal sealed class SqliteRepairDialect(ISqlDialect dialect, string? encoding) : IRepairDialect
{
    private readonly SqliteLiteral _literal = new(encoding switch
    {
        "UTF-16le" => Encoding.Unicode,
        "UTF-16be" => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    });

    public string HowToRun => "sqlite3 <the target's file> < <this file>";

    public string FirstLine => ".bail on";

    public string Begin =>
        """
        BEGIN IMMEDIATE;
        PRAGMA defer_foreign_keys = ON;
        """;

    // SQLITE_MAX_SQL_LENGTH as it comes (sqlite.org/limits.html, 3), with room for the rest of a statement.
    public long LongestLiteral => 999_000_000;

    public long LongestStatement => 999_000_000;

    public bool ChecksEachStatement => false;

    // The shell drops it at a line's end, and a name can't be written in another way.
    public string? RefusalOf(TableSchema table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Columns.Select(column => column.Name).Append(table.Name.Name).Any(name => name.Contains('\r', StringComparison.Ordinal))
            ? "a name with a carriage return in it does not pass through SQLite's shell"
            : null;
    }

    public string Name(ColumnSchema column) => dialect.Quote(column.Name);

    public string Literal(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(column);
        return _literal.For(SqliteTypes.AffinityOf(column.ServerType, strict: false), kind, cell, out refusal);
    }

    public LongLiteral? Long(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(column);
        return _literal.Long(SqliteTypes.AffinityOf(column.ServerType, strict: false), kind, cell, out refusal);
    }

    public string KeyEquals(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        var (name, literal) = (Qualified(table, column), _literal.Stored(kind, cell));
        return column.Collation is null ? $"{name} = {literal}" : $"{name} = {literal} AND {name} COLLATE BINARY = {literal}";
    }

    public string Same(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        return $"{Qualified(table, column)}{(column.Collation is null ? string.Empty : " COLLATE BINARY")} IS {_literal.Stored(kind, cell)}";
    }

    public string InsertInto(TableSchema table, IReadOnlyList<ColumnSchema> columns) =>
        $"INSERT INTO {dialect.Quote(table.Name)} ({string.Join(", ", columns.Select(column => dialect.Quote(column.Name)))}) VALUES";

    public string OwnRowsOf(TableSchema table) => dialect.Quote(table.Name);

    public string DeleteCopies(TableSchema table, string condition, long count)
    {
        // Any of these names the row unless a column has it (sqlite.org/lang_createtable.html, "ROWIDs").
        var row = new[] { "rowid", "_rowid_", "oid" }.First(name => !table.Columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        var own = OwnRowsOf(table);
        return string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {own} WHERE {row} IN (SELECT {row} FROM {own} WHERE {condition} LIMIT {count});");
    }

    // Where foreign keys are not enforced, as in the shell unless it is told to, nothing is taken along. There is no RAISE outside of triggers
    // (sqlite.org/lang_createtrigger.html), but a wrong path of JSON is an error that shows the path, and no path at all is none.
    public string? NoneRefers(RepairReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var child = reference.Child;
        if (reference.ParentColumns.Count != reference.Key.Columns.Count || RefusalOf(child) is not null)
        {
            return null;
        }

        var parent = dialect.Quote(reference.Parent.Table.Name.Name);
        var columns = reference.ParentColumns.Zip(reference.Key.Columns, (referred, refers) => $"{parent}.{dialect.Quote(referred)} = {dialect.Quote(child.Name.Name)}.{dialect.Quote(refers)}");
        var message = _literal.Stored(CellKind.Text, Encoding.UTF8.GetBytes(reference.Complaint));
        return $"json_extract('{{}}', (SELECT {message} FROM {dialect.Quote(child.Name)}, pragma_foreign_keys AS enforced WHERE enforced.foreign_keys AND {string.Join(" AND ", columns)} LIMIT 1)) IS NULL";
    }

    // A bare name in double quotes that no column has is taken for a text (sqlite.org/quirks.html, 8); one with its table is not.
    private string Qualified(TableSchema table, ColumnSchema column) => $"{dialect.Quote(table.Name.Name)}.{dialect.Quote(column.Name)}";
}
