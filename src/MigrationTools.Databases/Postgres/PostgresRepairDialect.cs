using System.Globalization;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Scripts for psql.</summary>
/// <param name="dialect">Quotes.</param>
/// <param name="schema">The target's, for its partitioned tables.</param>
internal sealed class PostgresRepairDialect(ISqlDialect dialect, DatabaseSchema schema) : IRepairDialect
{
    private readonly HashSet<string> _partitioned = schema.Others.Where(other => other.Kind == "partitioned table").Select(other => other.Name).ToHashSet(StringComparer.Ordinal);

    private static readonly string[] PlainTexts = ["text", "character varying", "name", "\"char\""];

    public string HowToRun => "psql -X -d <the target> -f <this file>";

    public string FirstLine => @"\set ON_ERROR_STOP on";

    // As the values were read.
    public string Begin =>
        """
        BEGIN;
        SET LOCAL client_encoding = 'UTF8';
        SET LOCAL standard_conforming_strings = on;
        SET LOCAL datestyle = 'ISO, YMD';
        SET LOCAL intervalstyle = 'iso_8601';
        SET LOCAL timezone = 'UTC';
        SET LOCAL extra_float_digits = 3;
        SET LOCAL bytea_output = 'hex';
        SET LOCAL xmloption = 'content';
        SET CONSTRAINTS ALL DEFERRED;
        """;

    // The server keeps a literal in memory of the next power of two, and a statement in no more than 1 GB (addlit of its scan.l, MaxAllocSize of its memutils.h).
    public long LongestLiteral => (1 << 29) - 1024;

    public long LongestStatement => 1_000_000_000;

    public bool ChecksEachStatement => true;

    public string? RefusalOf(TableSchema table) => null;

    public string Name(ColumnSchema column) => dialect.Quote(column.Name);

    public string Literal(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal) =>
        PostgresLiteral.For(column, kind, cell, out refusal);

    public LongLiteral? Long(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal) => PostgresLiteral.Long(column, kind, cell, out refusal);

    // An index finds the row by the server's equality, which may be another's too.
    public string KeyEquals(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        var (name, literal) = (dialect.Quote(column.Name), Literal(column, kind, cell, out refusal));
        return HasNoEquality(column) ? Exactly(name, column, "=", literal)
            : TakesOthersForEqual(column) ? $"{name} = {literal} AND {Exactly(name, column, "=", literal)}"
            : $"{name} = {literal}";
    }

    public string Same(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        var name = dialect.Quote(column.Name);
        var literal = Literal(column, kind, cell, out refusal);
        return kind == CellKind.Null ? $"{name} IS NULL"
            : TakesOthersForEqual(column) || HasNoEquality(column) || column.Type.Kind == LogicalKind.Opaque ? Exactly(name, column, "IS NOT DISTINCT FROM", literal)
            : $"{name} IS NOT DISTINCT FROM {literal}";
    }

    // Where no column is numbered by the server, the clause has no effect (PostgreSQL's documentation, INSERT).
    public string InsertInto(TableSchema table, IReadOnlyList<ColumnSchema> columns) =>
        $"INSERT INTO {dialect.Quote(table.Name)} ({string.Join(", ", columns.Select(column => dialect.Quote(column.Name)))})"
        + (columns.Any(column => column.Identity) ? " OVERRIDING SYSTEM VALUE VALUES" : " VALUES");

    public string OwnRowsOf(TableSchema table) => (IsPartitioned(table) ? string.Empty : "ONLY ") + dialect.Quote(table.Name);

    // A row's place is its own within one table, not among the partitions of one.
    public string DeleteCopies(TableSchema table, string condition, long count)
    {
        var own = OwnRowsOf(table);
        return IsPartitioned(table)
            ? string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {own} WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM {own} WHERE {condition} LIMIT {count});")
            : string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {own} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {own} WHERE {condition} LIMIT {count}));");
    }

    // A text that is no truth is an error that shows the text.
    public string? NoneRefers(RepairReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var (parent, child) = (dialect.Quote(reference.Parent.Table.Name), dialect.Quote(reference.Child.Name));
        var columns = reference.ParentColumns.Zip(reference.Key.Columns, (referred, refers) => $"{parent}.{dialect.Quote(referred)} = {child}.{dialect.Quote(refers)}");
        return $"coalesce((SELECT {PostgresLiteral.OnLines(reference.Complaint)} FROM {OwnRowsOf(reference.Child)} WHERE {string.Join(" AND ", columns)} LIMIT 1), 'true')::pg_catalog.bool";
    }

    private bool IsPartitioned(TableSchema table) => _partitioned.Contains(table.Name.ToString());

    /// <summary>By the text of the value, which no other value of its type has.</summary>
    private static string Exactly(string name, ColumnSchema column, string same, string literal) =>
        column.Collation is not null ? $"{name} COLLATE \"C\" {same} {literal}"
        : column.Type.Kind == LogicalKind.Opaque ? $"{name}::pg_catalog.text {same} {literal}"
        : $"{name}::pg_catalog.text COLLATE \"C\" {same} CAST({literal} AS {column.ServerType})::pg_catalog.text";

    /// <summary>By the server's equality a month is 30 days, 1.0 is 1 in jsonb, A is a in citext (or a domain over it), and under a collation much may be.</summary>
    private static bool TakesOthersForEqual(ColumnSchema column) =>
        column.Collation is not null || column.Type.Kind is LogicalKind.Interval or LogicalKind.Json
        || (column.Type.Kind == LogicalKind.Text && !PlainTexts.Any(type => column.ServerType.StartsWith(type, StringComparison.Ordinal)));

    private static bool HasNoEquality(ColumnSchema column) => column.ServerType is "json" or "xml";
}
