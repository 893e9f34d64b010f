using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Cells of two columns in the canonical form in which the two are compared.</summary>
internal static class Encoded
{
    public static byte[] As(ColumnMeaning meaning, Cell cell, LogicalType? side = null)
    {
        var buffer = new CanonicalBuffer(42);
        new FieldEncoder(meaning, side ?? Types.Dynamic).Encode(cell.Kind, cell.Bytes, buffer);
        return buffer.Bytes.ToArray();
    }

    /// <summary>Whether a value of one column equals a value of another.</summary>
    public static bool Equal(LogicalType sourceType, Cell source, LogicalType targetType, Cell target)
    {
        var meaning = Meaning(sourceType, targetType).ShouldNotBeNull();
        return As(meaning, source, sourceType).AsSpan().SequenceEqual(As(meaning, target, targetType));
    }

    public static ColumnMeaning? Meaning(LogicalType source, LogicalType target, string sourceServerType = "a", string targetServerType = "b") => ColumnMeanings.Of(
        new ColumnPair(new ReadColumn("c", source), new ColumnSchema { Name = "c", Type = target, ServerType = targetServerType }),
        sourceServerType);

    /// <summary>What people are shown of a field.</summary>
    public static string? Text(byte[] field)
    {
        ReadOnlySpan<byte> rest = field;
        var text = FieldText.Of(CanonicalField.Take(ref rest));
        rest.Length.ShouldBe(0, "the field ends where it says");
        return text;
    }
}
