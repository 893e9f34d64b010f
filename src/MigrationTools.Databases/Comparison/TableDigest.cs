namespace MigrationTools.Databases.Comparison;

/// <summary>
/// What one side of a table holds, in a fixed amount of memory and whatever the order of rows: by bucket of the key's hash,
/// how many rows and the sum (mod 2^128) of their hashes. A sum, unlike exclusive or, does not lose rows that come twice.
/// </summary>
internal sealed class TableDigest
{
    /// <summary>A power of two. The more, the fewer rows must be looked at again for one that differs.</summary>
    public const int BucketCount = 65536;

    private readonly UInt128[] _sums = new UInt128[BucketCount];
    private readonly long[] _counts = new long[BucketCount];

    public long Rows { get; private set; }

    public static int BucketOf(UInt128 keyHash) => (int)((ulong)keyHash & (BucketCount - 1));

    public void Add(int bucket, UInt128 rowHash)
    {
        _sums[bucket] += rowHash;
        _counts[bucket]++;
        Rows++;
    }

    /// <summary>The buckets in which two sides differ; null where there is none.</summary>
    public bool[]? FindDiffering(TableDigest other)
    {
        bool[]? differing = null;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            if (!HasSame(other, bucket))
            {
                differing ??= new bool[BucketCount];
                differing[bucket] = true;
            }
        }

        return differing;
    }

    /// <summary>Whether two digests of one side agree in all of some buckets.</summary>
    public bool Agrees(TableDigest other, bool[] buckets)
    {
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            if (buckets[bucket] && !HasSame(other, bucket))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasSame(TableDigest other, int bucket) => _counts[bucket] == other._counts[bucket] && _sums[bucket] == other._sums[bucket];
}
