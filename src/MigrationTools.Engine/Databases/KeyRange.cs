namespace MigrationTools.Engine.Databases;

/// <summary>The rows after one key and up to another, in the order of the engine that reads them. Values travel as parameters or quoted literals.</summary>
/// <param name="Columns">Names of <see cref="RowQuery.Columns"/>, none of which may be NULL: a row with NULL lies in no range.</param>
public sealed record KeyRange(IReadOnlyList<string> Columns)
{
    /// <summary>One row with a cell a column: only rows after it; null from the first on.</summary>
    public RowBatch? After { get; init; }

    /// <summary>One row with a cell a column: that row and those before it; null to the last.</summary>
    public RowBatch? UpTo { get; init; }
}
