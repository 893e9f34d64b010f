namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>How the rows of both sides of a table are divided into the same segments.</summary>
/// <param name="Count">Segments, from 0 on.</param>
internal abstract record Segmentation(int Count);
