namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A file among the results that can't be taken for one.</summary>
/// <param name="File">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedResult(string File, string Reason);
