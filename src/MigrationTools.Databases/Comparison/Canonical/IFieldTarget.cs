namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>What takes the fields of a row in canonical form: their bytes, or only a hash of them. Implemented by structs, so that each has code of its own.</summary>
internal interface IFieldTarget
{
    void WriteNull();

    void WriteByte(CanonicalTag tag, byte value);

    void WriteInt32(CanonicalTag tag, int value);

    void WriteInt64(CanonicalTag tag, long value);

    /// <summary>−0 is 0, and all NaN are one.</summary>
    void WriteFloat32(float value);

    /// <inheritdoc cref="WriteFloat32"/>
    void WriteFloat64(double value);

    /// <summary>A payload whose tag says its length.</summary>
    void WriteFixed(CanonicalTag tag, ReadOnlySpan<byte> payload);

    /// <summary>A payload of any length.</summary>
    void WriteVariable(CanonicalTag tag, ReadOnlySpan<byte> payload);

    /// <summary>A payload in two pieces.</summary>
    /// <param name="tag">What it is.</param>
    /// <param name="head">Its first 8 bytes, the first the lowest.</param>
    /// <param name="rest">The others.</param>
    void WriteVariable(CanonicalTag tag, ulong head, ReadOnlySpan<byte> rest);
}
