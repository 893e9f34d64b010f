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
    public bool HasDuplicates { get; private set; }

    public static HashedKeys Compare(List<HashedKey> source, List<HashedKey> target)
    {
        var result = new HashedKeys();
        result.Sort(source);
        result.Sort(target);
        var (left, right) = (0, 0);
        while (left < source.Count || right < target.Count)
        {
            var order = left == source.Count ? 1 : right == target.Count ? -1 : source[left].Key.CompareTo(target[right].Key);
            if (order < 0)
            {
                result.Differing.Add((source[left++].Key, DifferenceKind.Missing));
            }
            else if (order > 0)
            {
                result.Differing.Add((target[right++].Key, DifferenceKind.Extra));
            }
            else
            {
                if (source[left].Hash != target[right].Hash)
                {
                    result.Differing.Add((source[left].Key, DifferenceKind.Changed));
                }

                left++;
                right++;
            }
        }

        return result;
    }

    // An index gives keys in order, which is seen faster than sorted.
    private void Sort(List<HashedKey> keys)
    {
        for (var index = 1; index < keys.Count; index++)
        {
            if (keys[index - 1].Key > keys[index].Key)
            {
                keys.Sort((left, right) => left.Key.CompareTo(right.Key));
                break;
            }
        }

        for (var index = 1; index < keys.Count; index++)
        {
            HasDuplicates |= keys[index - 1].Key == keys[index].Key;
        }
    }
}
