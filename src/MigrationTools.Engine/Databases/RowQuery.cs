namespace MigrationTools.Engine.Databases;

/// <summary>Rows to read from a table, a view or a query.</summary>
public sealed record RowQuery
{
    /// <summary>The table or view; null where <see cref="Sql"/> is given.</summary>
    public TableName? Table { get; init; }

    /// <summary>A SELECT of the source engine that is read as if it were a table.</summary>
    public string? Sql { get; init; }

    public required IReadOnlyList<ReadColumn> Columns { get; init; }

    /// <summary>A condition as SQL of the engine, from the user.</summary>
    public string? Where { get; init; }

    /// <summary>
    /// Columns of a unique key to read in the order of, so that a reader can go on after a key; empty reads in whatever order
    /// is fastest. They must be among <see cref="Columns"/>, without expression.
    /// </summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>
    /// One row with the cells of <see cref="OrderBy"/>: only rows after it are read. Values travel as parameters.
    /// </summary>
    public RowBatch? After { get; init; }

    /// <summary>Only the rows of a range of keys.</summary>
    public KeyRange? Range { get; init; }

    /// <summary>Only the rows of some stretches of a column of whole numbers.</summary>
    public KeySpans? Spans { get; init; }

    /// <summary>Only the rows of some keys.</summary>
    public KeyList? Keys { get; init; }

    /// <summary>At most so many rows.</summary>
    public long? Limit { get; init; }
}
