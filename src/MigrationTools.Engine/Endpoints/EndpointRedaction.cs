using System.Text;

namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Takes secrets out of URIs and of free text that may quote one. What is hidden: what stands between the first colon and the last
/// <c>@</c> of a URI (so a password with <c>@ : / ? #</c> or quotes in it leaves no tail), a web URI's user without password (it is a token more
/// often than a name), and the values of secret-sounding settings in queries, in libpq's and ADO.NET's connection strings, in JSON and in an Authorization header.
/// </summary>
/// <remarks>
/// It hides too much rather than too little: <c>http://host:80/a@b</c> becomes <c>http://host:***@b</c>. It can't know a secret by itself where
/// nothing around it says so; <see cref="Endpoint.Redact"/> also knows the endpoint's own.
/// </remarks>
public static class EndpointRedaction
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>The text with every secret in it replaced by <c>***</c>; references such as <c>${env:NAME}</c> stay, for they are no secret.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, SecretSpans.InText(text));
    }

    /// <summary>Likewise for a text that is one URI, or was meant to be one: white space in it does not end a password.</summary>
    internal static string RedactUri(string uri) => Replace(uri, SecretSpans.InUri(uri));

    /// <summary>Whether a URI holds a secret written out rather than referenced.</summary>
    internal static bool HoldsSecret(string uri) => SecretSpans.InUri(uri).Count > 0;

    /// <summary>Whether free text, such as a program's argument, holds one.</summary>
    internal static bool TextHoldsSecret(string text) => SecretSpans.InText(text).Count > 0;

    private static string Replace(string text, IReadOnlyList<SecretSpan> spans)
    {
        if (spans.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            result.Append(text, position, span.Start - position).Append(Mask);
            position = span.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
