namespace MigrationTools.Databases.Comparison;

/// <summary>A table's content.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Digest">Hex of the sum (mod 2^128) of the rows' canonical hashes: the same for the same rows in any order.</param>
public sealed record TableFingerprint(string Table, long Rows, string Digest);
