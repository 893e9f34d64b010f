using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>Some rows of a batch.</summary>
internal readonly record struct RowRange(RowBatch Rows, int Start, int Count)
{
    /// <summary>Splits ranges of <paramref name="total"/> rows, at least 2, into two halves in the same order.</summary>
    public static (List<RowRange> First, List<RowRange> Second) Halve(IReadOnlyList<RowRange> ranges, long total)
    {
        var first = new List<RowRange>();
        var second = new List<RowRange>();
        var left = total / 2;
        foreach (var range in ranges)
        {
            var count = (int)Math.Min(left, range.Count);
            left -= count;
            if (count > 0)
            {
                first.Add(range with { Count = count });
            }

            if (count < range.Count)
            {
                second.Add(new RowRange(range.Rows, range.Start + count, range.Count - count));
            }
        }

        return (first, second);
    }
}
