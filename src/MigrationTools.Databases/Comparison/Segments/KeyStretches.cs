using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>Segments by stretches of a key's first column, which is whole numbers on both sides and indexed: a segment can be read without its neighbours.</summary>
internal sealed record KeyStretches : Segmentation
{
    private readonly long[] _ends;

    private KeyStretches(string column, long[] ends, long? first, long width)
        : base(ends.Length + 1)
    {
        Column = column;
        _ends = ends;
        First = first;
        Width = width;
    }

    /// <summary>The target's name of the column.</summary>
    public string Column { get; }

    /// <summary>Where all segments have one width: the first value of the first; null where they have not.</summary>
    public long? First { get; }

    public long Width { get; }

    /// <summary>The last value of each segment but the last.</summary>
    public IReadOnlyList<long> Ends => _ends;

    /// <summary>Segments of one width from the least to the largest value.</summary>
    public static KeyStretches Even(string column, long least, long largest, int count)
    {
        var range = (UInt128)((Int128)largest - least) + 1;
        var width = (long)UInt128.Min(long.MaxValue, ((range - 1) / (UInt128)count) + 1);
        var segments = (int)((range + (UInt128)width - 1) / (UInt128)width);
        var ends = new long[Math.Max(0, segments - 1)];
        for (var segment = 0; segment < ends.Length; segment++)
        {
            ends[segment] = (long)(least + ((Int128)width * (segment + 1)) - 1);
        }

        // A server's subtraction of the first value must not leave 64 bits.
        return new KeyStretches(column, ends, range <= long.MaxValue ? least : null, width);
    }

    /// <summary>Segments that end at given values. After the largest there is no value to begin the next with, so that it ends none.</summary>
    public static KeyStretches At(string column, IEnumerable<long> ends) => new(column, [.. ends.Where(end => end < long.MaxValue).Distinct().Order()], null, 0);

    public int Of(long key)
    {
        if (First is { } first)
        {
            return key < first ? 0 : (int)Math.Min((ulong)(Count - 1), (ulong)(key - first) / (ulong)Width);
        }

        var found = Array.BinarySearch(_ends, key);
        return found >= 0 ? found : ~found;
    }

    public KeySpan SpanOf(int segment) => new(segment == 0 ? null : _ends[segment - 1], segment == _ends.Length ? null : _ends[segment]);

    /// <summary>The segments of some spans of whole segments.</summary>
    public IEnumerable<int> SegmentsOf(IReadOnlyList<KeySpan> spans) => spans.SelectMany(span =>
    {
        var first = span.After is { } after ? Of(after) + 1 : 0;
        return Enumerable.Range(first, (span.UpTo is { } upTo ? Of(upTo) : Count - 1) - first + 1);
    });

    /// <summary>Segments as spans, neighbours joined as long as a span has no more than so many rows on either side.</summary>
    public List<KeySpan> Join(IEnumerable<int> segments, Func<int, long> rowsOf, long mostRows)
    {
        var spans = new List<KeySpan>();
        var (last, rows) = (-2, 0L);
        foreach (var segment in segments)
        {
            var span = SpanOf(segment);
            var more = rowsOf(segment);
            if (segment == last + 1 && rows + more <= mostRows)
            {
                spans[^1] = spans[^1] with { UpTo = span.UpTo };
                rows += more;
            }
            else
            {
                spans.Add(span);
                rows = more;
            }

            last = segment;
        }

        return spans;
    }
}
