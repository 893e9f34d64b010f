namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>Segments by the hash of the key (of the row, where there is no key): for any key, in any order, under any collation.</summary>
/// <param name="Count">A power of two. The more, the fewer rows must be looked at again for one that differs.</param>
internal sealed record KeyBuckets(int Count) : Segmentation(Count)
{
    /// <summary>As many as a digest in memory can well hold.</summary>
    public const int Most = 65536;

    /// <summary>What keeps the table from being divided by stretches of its key, as the end of a sentence about it; null where nobody asks.</summary>
    public string? Reason { get; init; }

    public int Of(UInt128 keyHash) => (int)((ulong)keyHash & (ulong)(Count - 1));
}
