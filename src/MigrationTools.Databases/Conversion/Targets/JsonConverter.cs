using System.Text.Json;
using System.Text.Unicode;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To JSON: text that RFC 8259 allows, kept as it is; finite numbers and booleans as their JSON text.</summary>
internal sealed class JsonConverter(TextContent content) : CellConverter
{
    private const int MaxDepth = 1000;

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Json:
                into.Append(kind, bytes);
                return null;
            case CellKind.Text:
                return AppendText(bytes, into);
            case CellKind.Int64 or CellKind.Float64 or CellKind.Float32 or CellKind.Decimal or CellKind.Boolean:
                using (var scratch = new Scratch(stackalloc byte[Scratch.StackLength], CellText.MaxLength(kind, bytes)))
                {
                    return AppendText(scratch.Bytes[..CellText.Format(kind, bytes, scratch.Bytes)], into);
                }

            default:
                return Refusals.Kind(kind, "JSON");
        }
    }

    private string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        if (!Utf8.IsValid(text))
        {
            return Refusals.NotUtf8;
        }

        // A NUL byte is no JSON; written as an escape, PostgreSQL's jsonb can't hold it though its json can.
        if (content == TextContent.Utf8WithoutNul && HasNulEscape(text))
        {
            return Refusals.NulCharacter;
        }

        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return "text that is not JSON";
        }

        into.Append(CellKind.Json, text);
        return null;
    }

    /// <summary>Whether U+0000 is escaped somewhere; a backslash that is itself escaped begins no escape.</summary>
    private static bool HasNulEscape(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0 && at + 1 < text.Length;)
        {
            if (text[at..].StartsWith("\\u0000"u8))
            {
                return true;
            }

            text = text[(at + 2)..];
            at = text.IndexOf((byte)'\\');
        }

        return false;
    }
}
