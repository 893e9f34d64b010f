using System.Runtime.InteropServices;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>Two sides of hashed keys, compared.</summary>
internal sealed class HashedKeys
{
    private HashedKeys()
    {
    }

    /// <summary>By key.</summary>
    public List<(long Key, DifferenceKind Kind)> Differing { get; } = [];

    /// <summary>A side has a key twice: rows must be compared as a multiset.</summary>
    public bool HasDuplicates { get; private init; }

    public static HashedKeys Compare(List<HashedKey> source, List<HashedKey> target)
    {
        var result = new HashedKeys { HasDuplicates = Sort(source) | Sort(target) };
        var lefts = CollectionsMarshal.AsSpan(source);
        var rights = CollectionsMarshal.AsSpan(target);
        var (left, right) = (0, 0);
        while (left < lefts.Length && right < rights.Length)
        {
            var (one, other) = (lefts[left], rights[right]);
            if (one.Key == other.Key)
            {
                if (one.Hash != other.Hash)
                {
                    result.Differing.Add((one.Key, DifferenceKind.Changed));
                }

                left++;
                right++;
            }
            else if (one.Key < other.Key)
            {
                result.Differing.Add((one.Key, DifferenceKind.Missing));
                left++;
            }
            else
            {
                result.Differing.Add((other.Key, DifferenceKind.Extra));
                right++;
            }
        }

        foreach (var rest in lefts[left..])
        {
            result.Differing.Add((rest.Key, DifferenceKind.Missing));
        }

        foreach (var rest in rights[right..])
        {
            result.Differing.Add((rest.Key, DifferenceKind.Extra));
        }

        return result;
    }

    // An index gives keys in order, which is seen faster than sorted.
    private static bool Sort(List<HashedKey> list)
    {
        var keys = CollectionsMarshal.AsSpan(list);
        if (IsAscending(keys))
        {
            return false;
        }

        keys.Sort((left, right) => left.Key.CompareTo(right.Key));
        return !IsAscending(keys);
    }

    private static bool IsAscending(ReadOnlySpan<HashedKey> keys)
    {
        for (var index = 1; index < keys.Length; index++)
        {
            if (keys[index - 1].Key >= keys[index].Key)
            {
                return false;
            }
        }

        return true;
    }
}
