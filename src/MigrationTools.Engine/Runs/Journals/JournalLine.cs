using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>
/// A journal entry as one line of JSON whose last property is the SHA-256 of the rest. The hash is checked over the bytes as they
/// stand in the file, so any edit shows, even one that means the same JSON.
/// </summary>
internal static class JournalLine
{
    private const string HashMark = ",\"hash\":\"";

    /// <summary>The line without its line end, and the entry with its hash filled in.</summary>
    public static (byte[] Line, JournalEntry Entry) Write(JournalEntry entry)
    {
        var body = JsonSerializer.Serialize(
            new { entry.Seq, entry.At, entry.Kind, entry.Step, entry.Epoch, entry.Data, entry.Prev }, MigrationJson.Line);
        var hash = HashOf(Encoding.UTF8.GetBytes(body));
        var line = string.Concat(body.AsSpan(0, body.Length - 1), HashMark, hash, "\"}");
        return (Encoding.UTF8.GetBytes(line), entry with { Hash = hash });
    }

    /// <summary>The entry, or null with the reason where the line is not one or is not as it was written.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> line, out string? reason)
    {
        var mark = Encoding.UTF8.GetBytes(HashMark);
        var at = line.LastIndexOf(mark);
        if (at < 0 || !line.EndsWith("\"}"u8))
        {
            reason = "it is not a whole journal line";
            return null;
        }

        var body = new byte[at + 1];
        line[..at].CopyTo(body);
        body[at] = (byte)'}';
        var stated = Encoding.UTF8.GetString(line[(at + mark.Length)..^2]);
        if (stated != HashOf(body))
        {
            reason = "its hash does not fit: it was changed after it was written";
            return null;
        }

        try
        {
            reason = null;
            return JsonSerializer.Deserialize<JournalEntry>(line, MigrationJson.Line);
        }
        catch (JsonException e)
        {
            reason = $"it is not JSON ({e.Message})";
            return null;
        }
    }

    private static string HashOf(byte[] body) => Convert.ToHexString(SHA256.HashData(body)).ToLowerInvariant();
}
