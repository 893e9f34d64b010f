using System.Buffers.Binary;
using MigrationTools.Databases.Conversion;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>Fields as bytes.</summary>
internal readonly struct BufferTarget(CanonicalBuffer buffer) : IFieldTarget
{
    public void WriteNull() => buffer.WriteNull();

    public void WriteByte(CanonicalTag tag, byte value) => buffer.WriteByte(tag, value);

    public void WriteInt32(CanonicalTag tag, int value) => buffer.WriteInt32(tag, value);

    public void WriteInt64(CanonicalTag tag, long value) => buffer.WriteInt64(tag, value);

    public void WriteFloat32(float value) => buffer.WriteFloat32(value);

    public void WriteFloat64(double value) => buffer.WriteFloat64(value);

    public void WriteFixed(CanonicalTag tag, ReadOnlySpan<byte> payload) => buffer.WriteFixed(tag, payload);

    public void WriteVariable(CanonicalTag tag, ReadOnlySpan<byte> payload) => buffer.WriteVariable(tag, payload);

    public void WriteVariable(CanonicalTag tag, ulong head, ReadOnlySpan<byte> rest)
    {
        using var whole = new Scratch(stackalloc byte[Scratch.StackLength], sizeof(ulong) + rest.Length);
        var payload = whole.Bytes[..(sizeof(ulong) + rest.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, head);
        rest.CopyTo(payload[sizeof(ulong)..]);
        buffer.WriteVariable(tag, payload);
    }
}
