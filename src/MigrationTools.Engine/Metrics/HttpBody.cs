using System.Text;

namespace MigrationTools.Engine.Metrics;

/// <summary>The body of an answer as text.</summary>
public static class HttpBody
{
    /// <summary>
    /// Reads it whole, by the charset that its header names, or as UTF-8 where it names none or one that nobody knows: what a service, or a proxy before it, calls its
    /// charset is no reason to have seen nothing.
    /// </summary>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    public static async Task<string> ReadTextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        return TextOf(content, await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The text of a body that is read already.</summary>
    public static string TextOf(HttpContent content, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(body);
        return Named(content.Headers.ContentType?.CharSet).GetString(body).TrimStart('\uFEFF');
    }

    private static Encoding Named(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"', ' '));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
