using System.Globalization;
using System.Text;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>The values of fields as people read them.</summary>
internal static class FieldText
{
    /// <summary>Characters (UTF-16) of a value that are shown.</summary>
    public const int MaxLength = 200;

    /// <summary>A value alone; null for NULL. A long one is cut, and its length said.</summary>
    public static string? Of(CanonicalField field)
    {
        if (field.Tag == CanonicalTag.Null)
        {
            return null;
        }

        if (field.IsLong)
        {
            return OfLong(field);
        }

        var text = Render(field);
        return text.Length <= MaxLength ? text : Window(text, 0);
    }

    /// <summary>
    /// Two values that differ: long ones around the place where they first do; and where they read the same (the text 1 and
    /// the number 1), with what each is or with its bytes.
    /// </summary>
    public static (string? Source, string? Target) OfBoth(CanonicalField source, CanonicalField target)
    {
        var (left, right) = (Of(source), Of(target));
        if (!source.IsLong && !target.IsLong && left is not null && right is not null && (left.Length > MaxLength || right.Length > MaxLength))
        {
            var (wholeLeft, wholeRight) = (Render(source), Render(target));
            var start = Math.Max(0, FirstDifference(wholeLeft, wholeRight) - (MaxLength / 4));
            (left, right) = (Window(wholeLeft, start), Window(wholeRight, start));
        }

        if (left != right)
        {
            return (left, right);
        }

        return source.Tag != target.Tag
            ? ($"{left} ({Name(source.Tag)})", $"{right} ({Name(target.Tag)})")
            : ($"{left} ({Hex(source)})", $"{right} ({Hex(target)})");
    }

    /// <summary>Bytes that are not UTF-8 read the same though they are not.</summary>
    private static string Hex(CanonicalField field) => Window(Cell(CellKind.Blob, field.Payload), 0);

    private static string Render(CanonicalField field)
    {
        switch (field.Tag)
        {
            case CanonicalTag.Boolean:
                return field.Payload[0] == 0 ? "false" : "true";
            case CanonicalTag.Integer:
                return field.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case CanonicalTag.Decimal:
                return DecimalText.ToString(field.Payload);
            case CanonicalTag.Text or CanonicalTag.Json:
                return Encoding.UTF8.GetString(field.Payload);
            case CanonicalTag.Blob:
                return Cell(CellKind.Blob, field.Payload);
            case CanonicalTag.Opaque:
                return Cell(CellKind.Opaque, field.Payload);
            case CanonicalTag.Interval:
                return Cell(CellKind.Interval, field.Payload);
            case CanonicalTag.Uuid:
                return Cell(CellKind.Uuid, field.Payload);
            default:
                return RenderNumber(field);
        }
    }

    private static string RenderNumber(CanonicalField field)
    {
        var batch = new RowBatch(1, 16);
        switch (field.Tag)
        {
            case CanonicalTag.Float64:
                batch.AppendFloat64(field.ReadFloat64());
                break;
            case CanonicalTag.Float32:
                batch.AppendFloat32(field.ReadFloat32());
                break;
            case CanonicalTag.Date:
                batch.AppendDate(field.ReadInt32());
                break;
            case CanonicalTag.Time:
                batch.AppendMicroseconds(CellKind.Time, field.ReadInt64());
                break;
            case CanonicalTag.Timestamp:
                batch.AppendMicroseconds(CellKind.Timestamp, field.ReadInt64());
                break;
            case CanonicalTag.TimestampTz:
                batch.AppendMicroseconds(CellKind.TimestampTz, field.ReadInt64());
                break;
            default:
                throw new InvalidOperationException($"The tag {field.Tag} has no text.");
        }

        return Cell(batch.KindAt(0, 0), batch.BytesAt(0, 0));
    }

    private static string Cell(CellKind kind, ReadOnlySpan<byte> bytes) => CellText.ToString(kind, bytes) ?? "";

    /// <summary>The beginning, how long the whole is, and the start of its hash, by which two long values can be told apart.</summary>
    private static string OfLong(CanonicalField field)
    {
        var prefix = field.Payload[..CanonicalBuffer.LongPrefix];
        var beginning = field.Tag is CanonicalTag.Text or CanonicalTag.Json ? Encoding.UTF8.GetString(prefix)
            : field.Tag == CanonicalTag.Decimal ? "a number of many digits"
            : Cell(CellKind.Blob, prefix);
        var hash = Convert.ToHexString(field.Payload.Slice(CanonicalBuffer.LongPrefix, 4)).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{Cut(beginning, 0)}… ({field.Length} bytes, hash {hash})");
    }

    private static string Window(string text, int start)
    {
        var before = start > 0 ? "…" : "";
        var cut = Cut(text, start);
        return start == 0 && cut.Length == text.Length
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{before}{cut}… ({text.Length} characters)");
    }

    /// <summary>A part of a text that does not split a surrogate pair.</summary>
    private static string Cut(string text, int start)
    {
        start = Math.Min(start, text.Length);
        var end = Math.Min(text.Length, start + MaxLength);
        start -= start > 0 && start < text.Length && char.IsLowSurrogate(text[start]) ? 1 : 0;
        end -= end < text.Length && end > start && char.IsLowSurrogate(text[end]) ? 1 : 0;
        return text[start..end];
    }

    private static int FirstDifference(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var index = 0; index < common; index++)
        {
            if (left[index] != right[index])
            {
                return index;
            }
        }

        return common;
    }

    private static string Name(CanonicalTag tag) => tag switch
    {
        CanonicalTag.Integer or CanonicalTag.Decimal => "number",
        CanonicalTag.Float64 or CanonicalTag.Float32 => "float",
        CanonicalTag.Timestamp => "timestamp",
        CanonicalTag.TimestampTz => "instant",
        _ => tag.ToString().ToLowerInvariant(),
    };
}
