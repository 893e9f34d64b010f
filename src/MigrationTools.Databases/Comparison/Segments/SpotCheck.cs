using MigrationTools.Databases.Comparison.Methods;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// A look at some segments of a large table, before all of it is summed up. Where each of them differs nearly all do, and sums would only tell what is known by then: every
/// segment's rows have to be compared. It decides nothing but that; were s the share of segments that differ, it would be misled with a probability of s to the power of their number,
/// and the comparison then takes longer and finds the same.
/// </summary>
internal static class SpotCheck
{
    /// <summary>How many segments are looked at.</summary>
    public const int Spots = 8;

    /// <summary>Segments from which on they are a small part of all.</summary>
    private const int FewestSegments = 64;

    public static async Task<bool> AllDifferAsync(SegmentScan scan, MethodChoice choice, CancellationToken cancellationToken)
    {
        if (choice.Segmentation is not KeyStretches { Count: >= FewestSegments } stretches)
        {
            return false;
        }

        // Spread over the table; not at its ends, which often are not like the rest.
        var spots = Enumerable.Range(0, Spots).Select(spot => (int)(((2L * spot) + 1) * stretches.Count / (2 * Spots))).ToList();
        var (source, target) = (new SegmentDigest(stretches.Count), new SegmentDigest(stretches.Count));
        await scan.SumAsync(spots.ConvertAll(stretches.SpanOf), source, target, cancellationToken).ConfigureAwait(false);
        return source.FindDiffering(target).Count == Spots;
    }
}
