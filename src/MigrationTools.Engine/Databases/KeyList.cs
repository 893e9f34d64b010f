namespace MigrationTools.Engine.Databases;

/// <summary>The rows of some keys. Values travel as parameters or quoted literals.</summary>
/// <param name="Columns">Names of <see cref="RowQuery.Columns"/>.</param>
/// <param name="Keys">A row a key, at least one and a few hundred at most, with a cell a column, none of them NULL.</param>
public sealed record KeyList(IReadOnlyList<string> Columns, RowBatch Keys);
