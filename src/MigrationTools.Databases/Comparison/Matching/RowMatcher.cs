using System.Runtime.InteropServices;

namespace MigrationTools.Databases.Comparison.Matching;

/// <summary>
/// Finds the rows that both sides have, by their hashes: the same as those of which the first pass made its sums. Only the others are compared by their bytes. Rows
/// that share their key with another of their side are never taken for equal here, for they must be compared as a multiset. Not thread-safe.
/// </summary>
internal sealed class RowMatcher
{
    private const int None = -1;
    private const int Several = -2;

    private readonly Dictionary<ulong, (int Source, int Target)> _places = [];

    /// <summary>Hands on the rows that are not the same on both sides.</summary>
    public void Release(KeptRows source, KeptRows target)
    {
        if (!source.CanMatch || !target.CanMatch)
        {
            source.ReleaseAll();
            target.ReleaseAll();
        }
        else if (source.IsAscending && target.IsAscending)
        {
            ReleaseInOrder(source, target);
        }
        else
        {
            ReleaseByPlace(source, target);
        }
    }

    private static void ReleaseInOrder(KeptRows source, KeptRows target)
    {
        var lefts = source.Rows;
        var rights = target.Rows;
        var (left, right) = (0, 0);
        while (left < lefts.Length || right < rights.Length)
        {
            var order = left == lefts.Length ? 1 : right == rights.Length ? -1 : lefts[left].Key.CompareTo(rights[right].Key);
            if (order == 0 && lefts[left].Hash == rights[right].Hash)
            {
                left++;
                right++;
                continue;
            }

            if (order <= 0)
            {
                source.Release(lefts[left++]);
            }

            if (order >= 0)
            {
                target.Release(rights[right++]);
            }
        }
    }

    private void ReleaseByPlace(KeptRows source, KeptRows target)
    {
        _places.Clear();
        var lefts = source.Rows;
        var rights = target.Rows;
        for (var place = 0; place < lefts.Length; place++)
        {
            ref var found = ref Find(lefts[place].Key);
            found.Source = found.Source == None ? place : Several;
        }

        for (var place = 0; place < rights.Length; place++)
        {
            ref var found = ref Find(rights[place].Key);
            found.Target = found.Target == None ? place : Several;
        }

        ReleaseUnmatched(source, lefts, rights);
        ReleaseUnmatched(target, lefts, rights);
    }

    private void ReleaseUnmatched(KeptRows side, ReadOnlySpan<KeptRow> lefts, ReadOnlySpan<KeptRow> rights)
    {
        foreach (var row in side.Rows)
        {
            var (left, right) = _places[row.Key];
            if (left < 0 || right < 0 || lefts[left].Hash != rights[right].Hash)
            {
                side.Release(row);
            }
        }
    }

    private ref (int Source, int Target) Find(ulong key)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var exists);
        if (!exists)
        {
            found = (None, None);
        }

        return ref found;
    }
}
