using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>One field read back from a row in canonical form.</summary>
internal readonly ref struct CanonicalField
{
    private CanonicalField(byte tag, ReadOnlySpan<byte> payload, int length, ReadOnlySpan<byte> raw)
    {
        Tag = (CanonicalTag)(tag & ~(byte)CanonicalTag.Long);
        IsLong = (tag & (byte)CanonicalTag.Long) != 0;
        Payload = payload;
        Length = length;
        Raw = raw;
    }

    public CanonicalTag Tag { get; }

    /// <summary>The payload is the value's beginning and then its hash.</summary>
    public bool IsLong { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Bytes of the whole value.</summary>
    public int Length { get; }

    /// <summary>The whole field: two fields are equal exactly where these are.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Takes the next field off a row.</summary>
    public static CanonicalField Take(ref ReadOnlySpan<byte> row)
    {
        var whole = row;
        var tag = row[0];
        row = row[1..];
        var length = FixedLength((CanonicalTag)tag);
        var full = length;
        if (length < 0)
        {
            length = ReadVarint(ref row);
            full = (tag & (byte)CanonicalTag.Long) != 0 ? ReadVarint(ref row) : length;
        }

        var payload = row[..length];
        row = row[length..];
        return new CanonicalField(tag, payload, full, whole[..(whole.Length - row.Length)]);
    }

    /// <summary>
    /// A total order of keys of as many fields: by tag, then by value as far as the payload's bytes tell it (integers, floats,
    /// times, uuids and text by code point do; other decimals do not). Zero exactly where the bytes are equal.
    /// </summary>
    public static int CompareKeys(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var (a, b) = (left[0], right[0]);
            if (a != b)
            {
                return a.CompareTo(b);
            }

            var leftField = Take(ref left);
            var rightField = Take(ref right);
            var order = leftField.Payload.SequenceCompareTo(rightField.Payload);
            order = order != 0 ? order : leftField.Length.CompareTo(rightField.Length);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Payload) ^ long.MinValue;

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Payload) ^ int.MinValue;

    public double ReadFloat64()
    {
        var bits = ReadInt64();
        return BitConverter.Int64BitsToDouble(bits < 0 ? bits ^ long.MaxValue : bits);
    }

    public float ReadFloat32()
    {
        var bits = ReadInt32();
        return BitConverter.Int32BitsToSingle(bits < 0 ? bits ^ int.MaxValue : bits);
    }

    /// <summary>Bytes of a payload that has no length before it; −1 where it has.</summary>
    private static int FixedLength(CanonicalTag tag) => tag switch
    {
        CanonicalTag.Null => 0,
        CanonicalTag.Boolean => 1,
        CanonicalTag.Date or CanonicalTag.Float32 => 4,
        CanonicalTag.Integer or CanonicalTag.Float64 or CanonicalTag.Time or CanonicalTag.Timestamp or CanonicalTag.TimestampTz => 8,
        CanonicalTag.Interval or CanonicalTag.Uuid => 16,
        _ => -1,
    };

    private static int ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift, index) = (0u, 0, 0);
        while (bytes[index] >= 0x80)
        {
            value |= (uint)(bytes[index++] & 0x7F) << shift;
            shift += 7;
        }

        value |= (uint)bytes[index++] << shift;
        bytes = bytes[index..];
        return (int)value;
    }
}
