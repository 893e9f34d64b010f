using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// Bytes of one row in canonical form. Every field says what it is and how long it is, so no value can forge the end of
/// another, and a row that was put aside can be read again. Not thread-safe.
/// </summary>
/// <param name="seed">Of the hash that stands for long values.</param>
/// <param name="longLength">Bytes of a value up to which it is written whole.</param>
internal sealed class CanonicalBuffer(ulong seed, int longLength = CanonicalBuffer.LongLength)
{
    /// <summary>
    /// A value of more bytes is written as its length, its 128-bit hash and its beginning: a row stays small whatever it
    /// holds, and what people are shown of a long value is its beginning anyway.
    /// </summary>
    public const int LongLength = 1024;

    /// <summary>Bytes of a long value that are kept.</summary>
    public const int LongPrefix = 256;

    private const int HashLength = 16;
    private const int MaxVarint = 5;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>A float's bits: those of one NaN for all, and 0 for −0.</summary>
    public static long BitsOf(double value) => double.IsNaN(value) ? BitConverter.DoubleToInt64Bits(double.NaN) : value == 0 ? 0 : BitConverter.DoubleToInt64Bits(value);

    /// <inheritdoc cref="BitsOf(double)"/>
    public static int BitsOf(float value) => float.IsNaN(value) ? BitConverter.SingleToInt32Bits(float.NaN) : value == 0 ? 0 : BitConverter.SingleToInt32Bits(value);

    public void Clear() => Length = 0;

    public void WriteNull() => Take(1)[0] = (byte)CanonicalTag.Null;

    public void WriteByte(CanonicalTag tag, byte value)
    {
        var field = Take(2);
        field[0] = (byte)tag;
        field[1] = value;
    }

    public void WriteInt64(CanonicalTag tag, long value)
    {
        var field = Take(9);
        field[0] = (byte)tag;
        BinaryPrimitives.WriteInt64BigEndian(field[1..], value ^ long.MinValue);
    }

    public void WriteInt32(CanonicalTag tag, int value)
    {
        var field = Take(5);
        field[0] = (byte)tag;
        BinaryPrimitives.WriteInt32BigEndian(field[1..], value ^ int.MinValue);
    }

    public void WriteFloat64(double value)
    {
        var bits = BitsOf(value);
        WriteInt64(CanonicalTag.Float64, bits < 0 ? bits ^ long.MaxValue : bits);
    }

    public void WriteFloat32(float value)
    {
        var bits = BitsOf(value);
        WriteInt32(CanonicalTag.Float32, bits < 0 ? bits ^ int.MaxValue : bits);
    }

    /// <summary>A payload whose tag says its length.</summary>
    public void WriteFixed(CanonicalTag tag, ReadOnlySpan<byte> payload)
    {
        var field = Take(1 + payload.Length);
        field[0] = (byte)tag;
        payload.CopyTo(field[1..]);
    }

    /// <summary>A payload of any length; a long one as its digest.</summary>
    public void WriteVariable(CanonicalTag tag, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > longLength)
        {
            WriteLong(tag, payload);
            return;
        }

        Ensure(1 + MaxVarint + payload.Length);
        _bytes[Length++] = (byte)tag;
        WriteVarint(payload.Length);
        payload.CopyTo(_bytes.AsSpan(Length));
        Length += payload.Length;
    }

    private void WriteLong(CanonicalTag tag, ReadOnlySpan<byte> payload)
    {
        Ensure(1 + (2 * MaxVarint) + LongPrefix + HashLength);
        _bytes[Length++] = (byte)(tag | CanonicalTag.Long);
        WriteVarint(LongPrefix + HashLength);
        WriteVarint(payload.Length);
        payload[..LongPrefix].CopyTo(_bytes.AsSpan(Length));
        Length += LongPrefix;
        BinaryPrimitives.WriteUInt128BigEndian(_bytes.AsSpan(Length), RowHash.Of(payload, seed));
        Length += HashLength;
    }

    private void WriteVarint(int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            _bytes[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes[Length++] = (byte)rest;
    }

    private Span<byte> Take(int count)
    {
        Ensure(count);
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }

    private void Ensure(int count)
    {
        if (count > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
