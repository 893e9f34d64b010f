namespace MigrationTools.Databases.Comparison.Matching;

/// <summary>A row that is kept as it came.</summary>
/// <param name="Key">What its key is told by (<see cref="Segments.RowMarker.KeyMark"/>).</param>
/// <param name="Hash">Hash of all of it.</param>
/// <param name="Batch">In which of the batches it is.</param>
/// <param name="Row">Its place there.</param>
internal readonly record struct KeptRow(ulong Key, UInt128 Hash, int Batch, int Row);
