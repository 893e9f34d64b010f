namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// What one side of a table holds, in a fixed amount of memory and whatever the order of rows: by segment how many rows and the sum
/// (mod 2^128) of their hashes. A sum, unlike exclusive or, does not lose rows that come twice.
/// </summary>
internal sealed class SegmentDigest(int segmentCount)
{
    private readonly UInt128[] _sums = new UInt128[segmentCount];
    private readonly long[] _counts = new long[segmentCount];

    public long Rows { get; private set; }

    public void Add(int segment, UInt128 rowHash) => Add(segment, 1, rowHash);

    /// <summary>Several rows by the sum of their hashes.</summary>
    public void Add(int segment, long rows, UInt128 sum)
    {
        _sums[segment] += sum;
        _counts[segment] += rows;
        Rows += rows;
    }

    /// <summary>Takes over a segment of another digest.</summary>
    public void Take(SegmentDigest other, int segment) => Add(segment, other._counts[segment], other._sums[segment]);

    public long RowsOf(int segment) => _counts[segment];

    /// <summary>The segments in which two sides differ, in order.</summary>
    public List<int> FindDiffering(SegmentDigest other)
    {
        var differing = new List<int>();
        for (var segment = 0; segment < _sums.Length; segment++)
        {
            if (!HasSame(other, segment))
            {
                differing.Add(segment);
            }
        }

        return differing;
    }

    /// <summary>Whether two digests of one side agree in all of some segments.</summary>
    public bool Agrees(SegmentDigest other, IEnumerable<int> segments) => segments.All(segment => HasSame(other, segment));

    private bool HasSame(SegmentDigest other, int segment) => _counts[segment] == other._counts[segment] && _sums[segment] == other._sums[segment];
}
