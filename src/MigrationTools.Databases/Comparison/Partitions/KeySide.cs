using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>One side of a comparison, asked how it orders the values of a column.</summary>
/// <param name="database">The side.</param>
/// <param name="snapshot">The state of it that is looked at.</param>
/// <param name="look">Whether the values themselves are looked at too, where the engine does not hold them to their column's type.</param>
internal sealed class KeySide(IDatabase database, IDatabaseSnapshot snapshot, KeyLook look)
{
    private readonly Dictionary<(TableName, string), string?> _collations = [];

    public IDatabaseSnapshot Snapshot => snapshot;

    public ISqlDialect Dialect => database.Dialect;

    public bool IsPostgres => Dialect is PostgresDialect;

    public bool IsSqlite => Dialect is SqliteDialect;

    /// <summary>
    /// Why the column's values have no order of their own that the other side can share, or null. SQLite keeps values of any class in any column and orders the
    /// classes apart (sqlite.org/datatype3.html, 4.1), so that there the values themselves are looked at.
    /// </summary>
    public async Task<string?> WhyNotAsync(TableSchema table, ColumnSchema column, CancellationToken cancellationToken)
    {
        if (column.MayHoldNull)
        {
            return "may be NULL";
        }

        if (IsPostgres)
        {
            return await WhyNotInPostgresAsync(table, column, cancellationToken).ConfigureAwait(false);
        }

        return IsSqlite
            ? await WhyNotInSqliteAsync(table, column, cancellationToken).ConfigureAwait(false)
            : $"{Dialect.Name}'s orders are not known here";
    }

    private async Task<string?> WhyNotInPostgresAsync(TableSchema table, ColumnSchema column, CancellationToken cancellationToken)
    {
        // By the server's own names: a type made from one of these may order otherwise, and oid is no signed number.
        var type = column.ServerType.Split('(')[0];
        var known = column.Type.Kind switch
        {
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => type is "smallint" or "integer" or "bigint",
            LogicalKind.Text => type is "text" or "character varying",
            LogicalKind.Blob => type == "bytea",
            LogicalKind.Uuid => type == "uuid",
            LogicalKind.Date => type == "date",
            LogicalKind.Timestamp or LogicalKind.TimestampTz => type is "timestamp" or "timestamp without time zone" or "timestamp with time zone",
            _ => false,
        };
        if (!known)
        {
            return $"is of type {column.ServerType}";
        }

        if (column.Type.Kind != LogicalKind.Text)
        {
            return null;
        }

        var collation = await CollationAsync(table.Name, column.Name, cancellationToken).ConfigureAwait(false);
        return collation is "C" or "POSIX" ? null : $"is ordered by collation {collation ?? "of a kind that is not known here"} and not by bytes";
    }

    /// <summary>The locale of the column's collation where the C library provides it and the server's encoding is UTF-8; null otherwise.</summary>
    private async Task<string?> CollationAsync(TableName table, string column, CancellationToken cancellationToken)
    {
        if (!_collations.TryGetValue((table, column), out var collation))
        {
            // Before version 15 databases had no provider: it was the C library.
            collation = await snapshot.ScalarAsync(
                $"""
                SELECT CASE l.collprovider
                           WHEN 'c' THEN l.collcollate
                           WHEN 'd' THEN (SELECT d.datcollate FROM pg_catalog.pg_database AS d
                                          WHERE d.datname = pg_catalog.current_database() AND coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') = 'c')
                       END
                FROM pg_catalog.pg_attribute AS a
                JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation
                WHERE a.attrelid = {PostgresLiteral.Quote(Dialect.Quote(table))}::pg_catalog.regclass
                AND a.attname = {PostgresLiteral.Quote(column)}
                AND pg_catalog.current_setting('server_encoding') = 'UTF8'
                """,
                cancellationToken).ConfigureAwait(false);
            _collations[(table, column)] = collation;
        }

        return collation;
    }

    private async Task<string?> WhyNotInSqliteAsync(TableSchema table, ColumnSchema column, CancellationToken cancellationToken)
    {
        var affinity = SqliteTypes.AffinityOf(column.ServerType, strict: false);
        var storage = column.Type.Kind switch
        {
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 when affinity == SqliteAffinity.Integer => "integer",
            LogicalKind.Text when affinity == SqliteAffinity.Text => "text",
            LogicalKind.Blob when affinity is SqliteAffinity.None or SqliteAffinity.Numeric => "blob",
            _ => null,
        };
        if (storage is null)
        {
            return $"is of type {(column.ServerType.Length == 0 ? "(none)" : column.ServerType)}, whose order in SQLite is that of what happens to be stored";
        }

        if (storage == "text")
        {
            if (column.Collation is { } collation)
            {
                return $"is ordered by collation {collation} and not by bytes";
            }

            // BINARY compares the bytes of the encoding that the file has (sqlite.org/datatype3.html, 7).
            if (await snapshot.ScalarAsync("PRAGMA encoding", cancellationToken).ConfigureAwait(false) is not "UTF-8" and var encoding)
            {
                return $"is ordered by the bytes of {encoding}";
            }
        }

        // What SQLite numbers itself is whole numbers and nothing else.
        if (column.Identity || look == KeyLook.Schema)
        {
            return null;
        }

        var other = await snapshot.ScalarAsync(
            $"SELECT typeof({Dialect.Quote(column.Name)}) FROM {Dialect.Quote(table.Name)} WHERE typeof({Dialect.Quote(column.Name)}) <> '{storage}' LIMIT 1",
            cancellationToken).ConfigureAwait(false);
        return other is null ? null : $"holds a value of storage class {other} beside those of {storage}";
    }
}
