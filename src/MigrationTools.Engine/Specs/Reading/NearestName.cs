namespace MigrationTools.Engine.Specs.Reading;

/// <summary>The valid name that a wrong one was probably meant to be.</summary>
public static class NearestName
{
    private const int LongestName = 80;

    /// <summary>
    /// The name with the fewest edits (insertions, deletions, substitutions, swaps of neighbours: the optimal string alignment distance, letters' case
    /// aside), or null where that takes more than a third of the letters.
    /// </summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        if (text.Length is 0 or > LongestName)
        {
            return null;
        }

        string? nearest = null;
        var fewest = Math.Max(1, text.Length / 3) + 1;
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - text.Length) < fewest && Distance(text.ToLowerInvariant(), name.ToLowerInvariant()) is var distance && distance < fewest)
            {
                (nearest, fewest) = (name, distance);
            }
        }

        // A name of one or two letters is one edit from too many others to be a guess.
        return nearest is not null && fewest > 0 && text.Length + nearest.Length < 4 ? null : nearest;
    }

    /// <summary><c>; did you mean 'x'?</c>, or nothing.</summary>
    internal static string Suggest(string text, IEnumerable<string> names) => Find(text, names) is { } nearest ? $"; did you mean {Echo.Quote(nearest)}?" : string.Empty;

    private static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = Enumerable.Range(0, right.Length + 1).ToArray();
        var row = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(substitution, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }
}
