using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Writes a rejected row as a line of JSON: <c>{"table","key","reason","serverCode","values"}</c>. Values stand under the target's
/// columns as text; bytes, and text that is not UTF-8, as <c>{"base64"}</c>.
/// </summary>
internal sealed class RejectedRowWriter(TablePair pair, CopyOrder order)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<int> _key = [.. KeyPlaces(pair, order)];

    /// <param name="rows">In the source's form or in the target's; the columns of the pair come first.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="reason">Why.</param>
    /// <param name="serverCode">The server's code, where the server refused it.</param>
    public RejectedRow Write(RowBatch rows, int row, string reason, string? serverCode)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("table", pair.TargetName);
            json.WriteStartObject("key");
            foreach (var place in _key)
            {
                WriteValue(json, pair.Columns[place].Target.Name, rows.KindAt(row, place), rows.BytesAt(row, place));
            }

            json.WriteEndObject();
            json.WriteString("reason", reason);
            if (serverCode is not null)
            {
                json.WriteString("serverCode", serverCode);
            }

            json.WriteStartObject("values");
            for (var place = 0; place < pair.Columns.Count; place++)
            {
                WriteValue(json, pair.Columns[place].Target.Name, rows.KindAt(row, place), rows.BytesAt(row, place));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return new RejectedRow(buffer.WrittenSpan.ToArray(), reason);
    }

    private static IEnumerable<int> KeyPlaces(TablePair pair, CopyOrder order)
    {
        var named = Enumerable.Range(0, pair.Columns.Count).Where(place => pair.Key.Contains(pair.Columns[place].Target.Name)).ToList();
        return named.Count > 0 ? named : order.Key.Where(place => place < pair.Columns.Count);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, CellKind kind, ReadOnlySpan<byte> bytes)
    {
        var isBytes = kind is CellKind.Blob or CellKind.Opaque || (kind is CellKind.Text or CellKind.Json && !Utf8.IsValid(bytes));
        if (!isBytes)
        {
            json.WriteString(name, CellText.ToString(kind, bytes));
            return;
        }

        json.WriteStartObject(name);
        json.WriteBase64String("base64", bytes);
        json.WriteEndObject();
    }
}
