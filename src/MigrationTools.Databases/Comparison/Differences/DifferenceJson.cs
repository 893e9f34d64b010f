using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>Differences as JSON, in the shape of the comparison's own output.</summary>
internal static class DifferenceJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A difference with its tables on one line.</summary>
    public static ReadOnlyMemory<byte> Line(string source, string target, RowDifference difference) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("table", target);
        json.WriteString("sourceTable", source);
        json.WriteString("kind", difference.Kind.ToString());
        json.WritePropertyName("key");
        WriteKey(json, difference);
        json.WriteStartArray("columns");
        foreach (var column in difference.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("source", column.Source);
            json.WriteString("target", column.Target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (difference.Count > 1)
        {
            json.WriteNumber("count", difference.Count);
        }

        json.WriteEndObject();
    });

    /// <summary>The key alone.</summary>
    public static ReadOnlyMemory<byte> Key(RowDifference difference) => Write(json => WriteKey(json, difference));

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }

    // Whole numbers are numbers; everything else is text.
    private static void WriteKey(Utf8JsonWriter json, RowDifference difference)
    {
        json.WriteStartObject();
        foreach (var (column, value) in difference.Key)
        {
            if (difference.NumberColumns.Contains(column) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                json.WriteNumber(column, number);
            }
            else
            {
                json.WriteString(column, value);
            }
        }

        json.WriteEndObject();
    }
}
