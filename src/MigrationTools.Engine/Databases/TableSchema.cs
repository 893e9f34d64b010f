namespace MigrationTools.Engine.Databases;

/// <summary>A table's structure.</summary>
public sealed record TableSchema
{
    public required TableName Name { get; init; }

    /// <summary>In the table's own order. Generated columns are in it and marked.</summary>
    public required IReadOnlyList<ColumnSchema> Columns { get; init; }

    /// <summary>Null where the table has none.</summary>
    public KeySchema? PrimaryKey { get; init; }

    public IReadOnlyList<KeySchema> UniqueKeys { get; init; } = [];

    public IReadOnlyList<ForeignKeySchema> ForeignKeys { get; init; } = [];

    /// <summary>Indexes other than those behind a primary or unique key.</summary>
    public IReadOnlyList<IndexSchema> Indexes { get; init; } = [];

    public IReadOnlyList<CheckSchema> Checks { get; init; } = [];

    /// <summary>What stands behind the columns, as the server writes it: STRICT, WITHOUT ROWID (SQLite).</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The server's own guess of the number of rows; null where it has none. Never a count.</summary>
    public long? EstimatedRows { get; init; }

    public ColumnSchema? FindColumn(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
