using System.Globalization;
using MigrationTools.Databases.Runs;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Reads the structure of a database from its catalogs in one read-only transaction: everything outside the server's own schemas that
/// no extension owns, without the tables of a store of runs. What the model has no place for is listed by kind and name.
/// </summary>
internal static class PostgresSchemaReader
{
    private const string Doing = "Reading the schema";

    public static async Task<DatabaseSchema> ReadAsync(PostgresConnection connection, CancellationToken cancellationToken)
    {
        // Without other schemas in the path the server writes every name in definitions with its schema.
        _ = await connection.ExecuteAsync(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path TO pg_catalog", [], Doing, cancellationToken).ConfigureAwait(false);
        return await ReadCatalogsAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads it as the connection's open transaction sees it, and leaves the transaction's search path as it was.</summary>
    public static async Task<DatabaseSchema> ReadInTransactionAsync(PostgresConnection connection, CancellationToken cancellationToken)
    {
        var path = (await connection.QueryAsync("SELECT current_setting('search_path')", [], Doing, cancellationToken).ConfigureAwait(false))[0][0];
        _ = await connection.ExecuteAsync("SET LOCAL search_path TO pg_catalog", [], Doing, cancellationToken).ConfigureAwait(false);
        var schema = await ReadCatalogsAsync(connection, cancellationToken).ConfigureAwait(false);
        _ = await connection.QueryAsync("SELECT set_config('search_path', $1, true)", [path], Doing, cancellationToken).ConfigureAwait(false);
        return schema;
    }

    private static async Task<DatabaseSchema> ReadCatalogsAsync(PostgresConnection connection, CancellationToken cancellationToken)
    {
        var tables = await QueryAsync(PostgresCatalogSql.Tables).ConfigureAwait(false);
        var columns = (await QueryAsync(PostgresCatalogSql.Columns).ConfigureAwait(false)).ToLookup(row => row[0]!, Column);
        var constraints = (await QueryAsync(PostgresCatalogSql.Constraints).ConfigureAwait(false)).ToLookup(row => row[0]!);
        var indexes = (await QueryAsync(PostgresCatalogSql.Indexes).ConfigureAwait(false)).ToLookup(row => row[0]!);
        var views = await QueryAsync(PostgresCatalogSql.Views).ConfigureAwait(false);
        var sequences = await QueryAsync(PostgresCatalogSql.FreeSequences).ConfigureAwait(false);
        var others = await QueryAsync(PostgresCatalogSql.Others).ConfigureAwait(false);

        return new DatabaseSchema
        {
            Tables = tables.Select(row => Table(row, columns, constraints, indexes)).Where(table => !RunTables.IsOne(table.Name))
                .OrderBy(table => table.Name.Schema, StringComparer.Ordinal).ThenBy(table => table.Name.Name, StringComparer.Ordinal).ToList(),
            Views = views.Select(row => new ViewSchema(new TableName(row[0], row[1]!), row[2]!.Trim()))
                .OrderBy(view => view.Name.Schema, StringComparer.Ordinal).ThenBy(view => view.Name.Name, StringComparer.Ordinal).ToList(),
            Sequences = sequences.Select(row => $"{row[0]}.{row[1]}").Order(StringComparer.Ordinal).ToList(),
            Others = others.Select(row => new OtherObject(row[0]!, row[1]!, row[2]))
                .OrderBy(other => other.Kind, StringComparer.Ordinal).ThenBy(other => other.Name, StringComparer.Ordinal).ToList(),
        };

        Task<List<string?[]>> QueryAsync(string sql) => connection.QueryAsync(sql, [], Doing, cancellationToken);
    }

    private static TableSchema Table(string?[] row, ILookup<string, ColumnSchema> columns, ILookup<string, string?[]> constraints, ILookup<string, string?[]> indexes)
    {
        var id = row[0]!;
        var own = constraints[id].ToList();
        return new TableSchema
        {
            Name = new TableName(row[1], row[2]!),
            Columns = columns[id].ToList(),
            PrimaryKey = own.Where(item => item[1] == "p").Select(Key).FirstOrDefault(),
            UniqueKeys = own.Where(item => item[1] == "u").Select(Key).ToList(),
            ForeignKeys = own.Where(item => item[1] == "f").Select(ForeignKey).ToList(),
            Checks = own.Where(item => item[1] == "c").Select(item => new CheckSchema(item[2], item[9]!)).ToList(),
            Indexes = indexes[id].Select(Index).ToList(),
            EstimatedRows = row[3] is { } estimate && long.Parse(estimate, CultureInfo.InvariantCulture) is var rows and >= 0 ? rows : null,
        };
    }

    private static ColumnSchema Column(string?[] row)
    {
        var identity = row[8] == "t";
        var generated = row[7] == "t";
        return new ColumnSchema
        {
            Name = row[1]!,
            ServerType = row[2]!,
            Type = PostgresLogicalTypes.Of(row[3]!, row[4]![0], int.Parse(row[5]!, CultureInfo.InvariantCulture)),
            Nullable = row[6] == "f",
            NotNullUnchecked = row[6] == "t" && row[11] == "f",
            Generated = generated,
            Identity = identity,
            IdentityAlways = row[12] == "t",
            Default = identity || generated ? null : row[9],
            Collation = row[10],
        };
    }

    private static KeySchema Key(string?[] row) => new(row[2], PostgresNames.Of(row[3]))
    {
        NullsNotDistinct = row[13] == "true",
        Deferrable = row[10] == "t",
        InitiallyDeferred = row[11] == "t",
    };

    private static ForeignKeySchema ForeignKey(string?[] row) => new()
    {
        Name = row[2],
        Columns = PostgresNames.Of(row[3]),
        References = new TableName(row[4], row[5]!),
        ReferencedColumns = PostgresNames.Of(row[6]),
        OnDelete = Action(row[7]),
        OnUpdate = Action(row[8]),
        Deferrable = row[10] == "t",
        InitiallyDeferred = row[11] == "t",
        MatchFull = row[12] == "f",
    };

    private static IndexSchema Index(string?[] row) => new()
    {
        Name = row[1]!,
        Unique = row[2] == "t",
        Definition = row[3],
        Where = row[4],
        FindsRanges = row[6] == "t",
        Columns = PostgresNames.Of(row[5]).Select(name => name.Length == 0 ? null : name).ToList(),
    };

    private static string Action(string? code) => code switch
    {
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        _ => "NO ACTION",
    };
}
