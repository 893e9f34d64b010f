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

    /// <summary>Rows of a segment beyond which a look at some is no small thing any more.</summary>
    private const long MostRows = 16_384;

    /// <summary>The segments that are looked at, spread over the table; not at its ends, which often are not like the rest. Empty where it is not worth it, or nobody knows whether it is.</summary>
    public static IReadOnlyList<int> Choose(TableWork work, MethodChoice choice) =>
        choice.Segmentation is KeyStretches { Count: >= FewestSegments } stretches && work.EstimatedRows is { } rows && rows / stretches.Count is > 0 and <= MostRows
            ? [.. Enumerable.Range(0, Spots).Select(spot => (int)(((2L * spot) + 1) * stretches.Count / (2 * Spots)))]
            : [];
}
