using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// Decides how a table is divided: into stretches of its key where that begins with a NOT NULL column of whole numbers that both sides have an index on,
/// and else into buckets of the key's hash. Which it is changes no result, only what must be read again for a difference.
/// </summary>
internal static class SegmentPlanner
{
    /// <summary>Rows of a segment: few enough to be read again in no time, many enough that their digests are nothing beside them.</summary>
    private const long SegmentRows = 4096;

    /// <summary>Keys with more gaps than this for each row are divided by quantiles instead of evenly.</summary>
    private const long MostGaps = 8;

    public static async Task<Segmentation> PlanAsync(TableWork work, CancellationToken cancellationToken)
    {
        var (source, target, pair, layout) = (work.Source, work.Target, work.Pair, work.Layout);
        var buckets = new KeyBuckets(KeyBuckets.Most);
        if (WhyNone(pair, layout) is { } reason)
        {
            return buckets with { Reason = reason };
        }

        if (source is not ISegmentedSnapshot left || target is not ISegmentedSnapshot right)
        {
            return buckets with { Reason = "a side can't tell how its keys lie" };
        }

        var leading = layout.Columns[0];
        var (sourceBounds, targetBounds) = await BothSides.AskAsync(
            token => left.BoundsAsync(layout.SourceQuery(pair), leading.Source.Name, token),
            token => right.BoundsAsync(layout.TargetQuery(pair), leading.Target.Name, token),
            cancellationToken).ConfigureAwait(false);
        if ((sourceBounds ?? targetBounds) is not { } some)
        {
            return buckets with { Reason = $"column {leading.Name}, with which its key begins, holds no whole number" };
        }

        // A side without bounds is empty, or holds something else than whole numbers, which no stretch would have.
        if ((sourceBounds is null && await left.CountAsync(layout.SourceQuery(pair), cancellationToken).ConfigureAwait(false) > 0)
            || (targetBounds is null && await right.CountAsync(layout.TargetQuery(pair), cancellationToken).ConfigureAwait(false) > 0))
        {
            return buckets with { Reason = $"column {leading.Name}, with which its key begins, holds something else than whole numbers on one side" };
        }

        var least = Math.Min(sourceBounds?.Least ?? some.Least, targetBounds?.Least ?? some.Least);
        var largest = Math.Max(sourceBounds?.Largest ?? some.Largest, targetBounds?.Largest ?? some.Largest);
        var values = (UInt128)((Int128)largest - least) + 1;
        var rows = Math.Max(1, work.GuessedRows);
        rows = rows == 1 ? (long)UInt128.Min(values, long.MaxValue / 2) : rows;
        var count = (int)Math.Clamp(rows / SegmentRows, 1, KeyBuckets.Most);
        if (count == 1 || values / (UInt128)rows <= MostGaps)
        {
            return KeyStretches.Even(leading.Name, least, largest, (int)UInt128.Min((UInt128)count, values));
        }

        var sample = await SampleAsync(left, right, layout.SourceQuery(pair), layout.TargetQuery(pair), leading, count * 4, cancellationToken).ConfigureAwait(false);
        return sample.Count < 2 ? buckets with { Reason = $"its keys lie far apart, and a server gave no random ones of column {leading.Name} to divide them by" } : KeyStretches.At(leading.Name, Quantiles(sample, count));
    }

    private static async Task<IReadOnlyList<long>> SampleAsync(
        ISegmentedSnapshot source, ISegmentedSnapshot target, RowQuery sourceQuery, RowQuery targetQuery, ComparedColumn leading, int count, CancellationToken cancellationToken)
    {
        var sample = await source.SampleAsync(sourceQuery, leading.Source.Name, count, cancellationToken).ConfigureAwait(false);
        return sample.Count > 0 ? sample : await target.SampleAsync(targetQuery, leading.Target.Name, count, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<long> Quantiles(IReadOnlyList<long> sample, int count) =>
        Enumerable.Range(1, count - 1).Select(part => sample[(int)((long)(sample.Count - 1) * part / count)]);

    private static string? WhyNone(TablePair pair, ComparisonLayout layout)
    {
        if (layout.KeyCount == 0)
        {
            return "it has no key";
        }

        if (pair.Source is null || pair.TargetSql is not null)
        {
            return "a query has no index to find parts of it by";
        }

        var column = layout.Columns[0];
        var source = pair.Source.FindColumn(column.Source.Name);
        var target = pair.Target.FindColumn(column.Target.Name);
        var begins = $"column {column.Name}, with which its key begins,";
        return source is not { MayHoldNull: false } || target is not { MayHoldNull: false } ? $"{begins} may be NULL"
            : column.Source is not { Expression: null, AsText: false } || column.Target.AsText || !IsWhole(source.Type) || !IsWhole(target.Type) ? $"{begins} is not of whole numbers on both sides"
            : !IsIndexed(pair.Source, source.Name) || !IsIndexed(pair.Target, target.Name) ? $"{begins} has no index on both sides"
            : null;
    }

    private static bool IsWhole(LogicalType type) => type.Kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64;

    private static bool IsIndexed(TableSchema table, string column) =>
        table.PrimaryKey?.Columns[0] == column
        || table.UniqueKeys.Any(key => key.Columns[0] == column)
        || table.Indexes.Any(index => index is { Where: null, FindsRanges: true } && index.Columns[0] == column);
}
