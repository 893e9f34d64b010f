namespace MigrationTools.Databases.Copying;

/// <summary>How far the copy of a table is.</summary>
/// <param name="Table">The target's name.</param>
/// <param name="Rows">Rows committed.</param>
/// <param name="Rejected">Rows rejected in what is committed.</param>
/// <param name="Finished">Whether nothing is left to copy.</param>
public sealed record TableCopyProgress(string Table, long Rows, long Rejected, bool Finished);
