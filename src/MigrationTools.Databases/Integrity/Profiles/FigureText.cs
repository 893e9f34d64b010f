using System.Globalization;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>Bounds of columns as one text for one meaning, so that values of two engines can be held against each other.</summary>
internal static class FigureText
{
    private const int MostShown = 100;

    private static readonly ConversionOptions AnyContent = new() { Text = TextContent.Any };

    /// <summary>
    /// The value as the type means it, written in one way only: 1.50 and 1.5 both as 1.5, −0 as 0, text without padding where asked. Null for
    /// NULL. A value that the type can't hold keeps its own kind and text, and so equals only itself.
    /// </summary>
    public static string? Meaning((CellKind Kind, byte[] Bytes) value, LogicalType from, LogicalType to)
    {
        if (value.Kind == CellKind.Null)
        {
            return null;
        }

        // Limits of length and precision are not asked here: a value beyond them differs, and that is the answer.
        var batch = new RowBatch(1, 64);
        var refusal = CellConverters.For(from, new LogicalType(to.Kind), AnyContent).Convert(value.Kind, value.Bytes, batch);
        return refusal is null
            ? Canonical(batch.KindAt(0, 0), CellText.ToString(batch.KindAt(0, 0), batch.BytesAt(0, 0))!)
            : $"\0{value.Kind} {CellText.ToString(value.Kind, value.Bytes)}";
    }

    /// <summary>The value as people read it; a long one is cut, and its length said.</summary>
    public static string? Shown((CellKind Kind, byte[] Bytes) value)
    {
        var text = CellText.ToString(value.Kind, value.Bytes);
        if (text is null || text.Length <= MostShown)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MostShown - 1]) ? MostShown - 1 : MostShown;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..end]}… ({text.Length} characters)");
    }

    private static string Canonical(CellKind kind, string text) => kind switch
    {
        CellKind.Decimal when text.Contains('.', StringComparison.Ordinal) => text.TrimEnd('0').TrimEnd('.') is var bare && bare is "-0" ? "0" : bare,
        CellKind.Decimal or CellKind.Float64 or CellKind.Float32 when text == "-0" => "0",
        _ => text,
    };
}
