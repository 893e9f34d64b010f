using MigrationTools.Databases.Comparison.Canonical;

namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>The order in which rows are spooled: by key as people would have it, then by bytes.</summary>
internal static class RowOrder
{
    public static int Compare(ReadOnlySpan<byte> left, int leftKey, ReadOnlySpan<byte> right, int rightKey)
    {
        var order = CanonicalField.CompareKeys(left[..leftKey], right[..rightKey]);
        return order != 0 ? order : left[leftKey..].SequenceCompareTo(right[rightKey..]);
    }

    /// <summary>The first 16 bytes that decide about a key: its first field's tag and the beginning of its payload.</summary>
    public static UInt128 Prefix(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            return 0;
        }

        UInt128 prefix = key[0];
        var payload = CanonicalField.Take(ref key).Payload;
        for (var index = 0; index < 15; index++)
        {
            prefix = (prefix << 8) | (index < payload.Length ? payload[index] : (byte)0);
        }

        return prefix;
    }
}
