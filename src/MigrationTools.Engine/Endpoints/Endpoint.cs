using System.Net;

namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Where a system is, as a URI that may hold references to secrets (<c>${env:NAME}</c>, <c>${file:path}</c>). Whatever shows it shows
/// it redacted; only <see cref="Reveal"/> gives the real thing, to a driver and to nothing else.
/// </summary>
public sealed class Endpoint : IEquatable<Endpoint>
{
    // A shorter value stands in too many words that have nothing to do with it.
    private const int ShortestKnownSecret = 3;

    private readonly string _template;
    private readonly ISecretSource _secrets;

    private Endpoint(string template, string scheme, string baseDirectory, ISecretSource secrets)
    {
        _template = template;
        _secrets = secrets;
        Scheme = scheme;
        BaseDirectory = baseDirectory;
        Redacted = EndpointRedaction.RedactUri(template);
        HoldsLiteralSecret = EndpointRedaction.HoldsSecret(template);
    }

    /// <summary>The part before the first colon, in lower case.</summary>
    public string Scheme { get; }

    /// <summary>The directory that relative paths in the URI are relative to (the spec's, or the current one).</summary>
    public string BaseDirectory { get; }

    /// <summary>The URI without password or other secret values: what people and files may see.</summary>
    public string Redacted { get; }

    /// <summary>Whether a secret is written out in it where a reference should stand; a spec with such an endpoint is refused.</summary>
    public bool HoldsLiteralSecret { get; }

    /// <summary>Reads a URI without resolving its secrets.</summary>
    /// <exception cref="EndpointException">It has no scheme.</exception>
    public static Endpoint Parse(string text, string baseDirectory, ISecretSource? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(baseDirectory);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.StartsWith("${", StringComparison.Ordinal))
        {
            throw new EndpointException(
                $"'{EndpointRedaction.RedactUri(text)}' is not an endpoint: the scheme must be written out, as in postgresql://user:${{env:NAME}}@host:5432/db.");
        }

        if (colon == 1 && char.IsAsciiLetter(text[0]))
        {
            throw new EndpointException(
                $"'{EndpointRedaction.RedactUri(text)}' is not an endpoint: it looks like a Windows path; write sqlite: before it.");
        }

        if (colon < 1 || !IsScheme(text.AsSpan(0, colon)))
        {
            throw new EndpointException(
                $"'{EndpointRedaction.RedactUri(text)}' is not an endpoint: expected scheme:rest, such as sqlite:shop.db or postgresql://user@host:5432/db.");
        }

        return new Endpoint(text, text[..colon].ToLowerInvariant(), baseDirectory, secrets ?? new EnvironmentSecretSource(baseDirectory));
    }

    /// <summary>The URI with its secrets resolved. Give it to a driver; never keep, log or show it.</summary>
    /// <exception cref="SecretMissingException">A reference has nothing behind it.</exception>
    public string Reveal() => SecretReferences.Resolve(_template, _secrets);

    /// <summary>The same place, entered by a person's credential: its user and password take the place of the URI's, and the password is shown nowhere.</summary>
    /// <exception cref="EndpointException">It is a file, or it holds a password of its own.</exception>
    public Endpoint WithCredential(NetworkCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (HoldsLiteralSecret)
        {
            throw new EndpointException($"'{Redacted}' holds a password, and a credential is given for it too. Leave the password out of the URI.");
        }

        return new Endpoint(EndpointCredential.Template(_template, credential.UserName, Redacted), Scheme, BaseDirectory, new EndpointCredential(credential, _secrets));
    }

    /// <summary>
    /// Takes secrets out of a text that came from this endpoint, such as a driver's message: what <see cref="EndpointRedaction"/> finds, and the values
    /// behind this endpoint's own references wherever they stand, as they are or percent-encoded (values of one or two characters excepted).
    /// </summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = text;
        foreach (var secret in SecretReferences.Values(_template, _secrets).Where(value => value.Length >= ShortestKnownSecret).OrderByDescending(value => value.Length))
        {
            result = result.Replace(secret, EndpointRedaction.Mask, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), EndpointRedaction.Mask, StringComparison.OrdinalIgnoreCase);
        }

        return EndpointRedaction.Redact(result);
    }

    /// <summary>The redacted form.</summary>
    public override string ToString() => Redacted;

    public bool Equals(Endpoint? other) => other is not null && other._template == _template && other.BaseDirectory == BaseDirectory;

    public override bool Equals(object? obj) => Equals(obj as Endpoint);

    public override int GetHashCode() => HashCode.Combine(_template, BaseDirectory);

    /// <summary>RFC 3986, section 3.1.</summary>
    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }
}
