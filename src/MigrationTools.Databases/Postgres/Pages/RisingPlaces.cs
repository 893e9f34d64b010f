namespace MigrationTools.Databases.Postgres.Pages;

/// <summary>As many places of a list as can be kept so that each lies after the one before.</summary>
internal static class RisingPlaces
{
    /// <summary>A longest strictly increasing subsequence (patience sorting; Fredman, "On computing the length of longest increasing subsequences", 1975).</summary>
    public static List<RowPlace> Of(IReadOnlyList<RowPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);

        // By length of a rising list: the place that the lowest such list ends with, and for each place the one before it.
        var ends = new List<int>();
        var before = new int[places.Count];
        for (var index = 0; index < places.Count; index++)
        {
            var length = LengthBelow(places, ends, places[index]);
            before[index] = length == 0 ? -1 : ends[length - 1];
            if (length == ends.Count)
            {
                ends.Add(index);
            }
            else
            {
                ends[length] = index;
            }
        }

        var rising = new RowPlace[ends.Count];
        var last = ends.Count == 0 ? -1 : ends[^1];
        for (var place = rising.Length - 1; place >= 0; place--)
        {
            rising[place] = places[last];
            last = before[last];
        }

        return [.. rising];
    }

    private static int LengthBelow(IReadOnlyList<RowPlace> places, List<int> ends, RowPlace place)
    {
        var (low, high) = (0, ends.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places[ends[middle]].CompareTo(place) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
