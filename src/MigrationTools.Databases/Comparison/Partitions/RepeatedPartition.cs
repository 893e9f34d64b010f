namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A partition that was run more than once.</summary>
/// <param name="Index">Which.</param>
/// <param name="Used">The file whose result is taken.</param>
/// <param name="Others">Those whose results are not.</param>
/// <param name="Note">How they compare.</param>
public sealed record RepeatedPartition(int Index, string Used, IReadOnlyList<string> Others, string Note);
