using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MigrationTools.Databases.Conversion;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// JSON by value, as PostgreSQL's jsonb takes it (its documentation, "JSON Types"): names of an object in no order, the last of equal names
/// counts, blanks and ways of escaping mean nothing, numbers are decimals by value.
/// </summary>
internal static class CanonicalJson
{
    private const int MaxDepth = 1000;

    /// <summary>Numbers with more digits on either side of the point than this are written with an exponent.</summary>
    private const int MaxPlainExponent = 400;

    /// <summary>The one text of a value; null where it is no JSON, or has a text in it that is no Unicode.</summary>
    public static byte[]? TryWrite(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!JsonDocument.TryParseValue(ref reader, out var document))
            {
                return null;
            }

            using (document)
            {
                var text = new ArrayBufferWriter<byte>(json.Length);
                var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth, SkipValidation = true };
                using var writer = new Utf8JsonWriter(text, options);
                Write(document.RootElement, writer);
                writer.Flush();
                return text.WrittenSpan.ToArray();
            }
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escaped half of a surrogate pair.
            return null;
        }
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(value.GetRawText(), writer);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(JsonElement value, Utf8JsonWriter writer)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            Write(member, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(string text, Utf8JsonWriter writer)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var wire = new byte[DecimalText.MaxWireLength(bytes.Length)];
        var number = DecimalText.TryParse(bytes, wire, out var length) ? Number(wire.AsSpan(0, length)) : text;
        writer.WriteRawValue(number, skipInputValidation: true);
    }

    private static string Number(Span<byte> wire)
    {
        wire = wire[..DecimalWire.Normalize(wire, wire)];
        var exponent = DecimalWire.TrailingExponent(wire);
        var isPlain = exponent >= -MaxPlainExponent && DecimalWire.LeadingExponent(wire) <= MaxPlainExponent;
        if (isPlain || DecimalWire.Count(wire) > short.MaxValue)
        {
            return DecimalText.ToString(wire);
        }

        // The same digits as an integer, and the power of ten beside them.
        DecimalWire.WriteHeader(wire, DecimalWire.Count(wire), DecimalWire.Count(wire) - 1, DecimalWire.Sign(wire), 0);
        return string.Create(CultureInfo.InvariantCulture, $"{DecimalText.ToString(wire).TrimEnd('0')}e{exponent}");
    }
}
