namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A key that is really there, at which a table may be split.</summary>
/// <param name="UpTo">Rows with this key or one before it.</param>
/// <param name="Key">A cell for each column of the order.</param>
internal sealed record KeyRung(long UpTo, IReadOnlyList<KeyCell> Key);
