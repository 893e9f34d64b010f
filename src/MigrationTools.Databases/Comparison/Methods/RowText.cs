using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Conversion;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>
/// The one text of a row that every engine can write: for each field how many bytes, a letter for what it is, a colon and the text; <c>-</c> for NULL; and for a text
/// of more than 1,024 bytes <c>#</c> and its MD5 instead. The length before it keeps any value from forging the end of another.
/// </summary>
internal static class RowText
{
    public const int MostBytes = 1024;

    /// <summary>Letter of a form.</summary>
    public static char LetterOf(RowTextForm form) => form switch
    {
        RowTextForm.Number => 'N',
        RowTextForm.Text => 'T',
        RowTextForm.Truth => 'B',
        RowTextForm.Double => 'F',
        RowTextForm.Single => 'S',
        RowTextForm.Moment => 'M',
        RowTextForm.Time => 'H',
        RowTextForm.Date => 'D',
        RowTextForm.Uuid => 'U',
        RowTextForm.Bytes => 'X',
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };

    /// <summary>Appends the text of a row in canonical form, whose values are all whole.</summary>
    public static void Write(ReadOnlySpan<byte> row, IBufferWriter<byte> into)
    {
        while (!row.IsEmpty)
        {
            var field = CanonicalField.Take(ref row);
            if (field.Tag == CanonicalTag.Null)
            {
                into.Write("-"u8);
            }
            else if (field.Tag is CanonicalTag.Text or CanonicalTag.Json)
            {
                Write(field.Payload, field.Tag == CanonicalTag.Text ? 'T' : 'J', into);
            }
            else
            {
                var (letter, text) = Of(field);
                Write(Encoding.UTF8.GetBytes(text), letter, into);
            }
        }
    }

    // The MD5 tells data apart and guards nothing: it is the one hash that every engine has.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "No security rests on it.")]
    private static void Write(ReadOnlySpan<byte> text, char letter, IBufferWriter<byte> into)
    {
        var isLong = text.Length > MostBytes;
        into.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length}{letter}{(isLong ? '#' : ':')}")));
        into.Write(isLong ? Encoding.ASCII.GetBytes(Convert.ToHexString(MD5.HashData(text)).ToLowerInvariant()) : text);
    }

    private static (char Letter, string Text) Of(CanonicalField field) => field.Tag switch
    {
        CanonicalTag.Boolean => ('B', field.Payload[0] == 0 ? "f" : "t"),
        CanonicalTag.Integer => ('N', field.ReadInt64().ToString(CultureInfo.InvariantCulture)),
        CanonicalTag.Decimal => ('N', DecimalText.ToString(field.Payload)),
        CanonicalTag.Float64 => ('F', double.IsNaN(field.ReadFloat64()) ? "nan" : Hex(BitConverter.DoubleToInt64Bits(field.ReadFloat64()))),
        CanonicalTag.Float32 => ('S', float.IsNaN(field.ReadFloat32()) ? "nan" : BitConverter.SingleToUInt32Bits(field.ReadFloat32()).ToString("x8", CultureInfo.InvariantCulture)),
        CanonicalTag.Date => ('D', field.ReadInt32().ToString("x8", CultureInfo.InvariantCulture)),
        CanonicalTag.Time => ('H', Hex(field.ReadInt64())),
        CanonicalTag.Timestamp or CanonicalTag.TimestampTz => ('M', Hex(field.ReadInt64())),
        CanonicalTag.Uuid => ('U', new Guid(field.Payload, bigEndian: true).ToString()),
        CanonicalTag.Blob => ('X', Convert.ToHexString(field.Payload).ToLowerInvariant()),
        _ => ('O', Convert.ToHexString(field.Payload).ToLowerInvariant()),
    };

    private static string Hex(long value) => value.ToString("x16", CultureInfo.InvariantCulture);
}
