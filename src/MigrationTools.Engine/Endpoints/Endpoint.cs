namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Where a system is, as a URI that may hold references to secrets (<c>${env:NAME}</c>, <c>${file:path}</c>). Whatever shows it shows
/// it redacted; only <see cref="Reveal"/> gives the real thing, to a driver and to nothing else.
/// </summary>
public sealed class Endpoint : IEquatable<Endpoint>
{
    private readonly string _template;
    private readonly ISecretSource _secrets;

    private Endpoint(string template, string scheme, string baseDirectory, ISecretSource secrets)
    {
        _template = template;
        _secrets = secrets;
        Scheme = scheme;
        BaseDirectory = baseDirectory;
        Redacted = EndpointRedaction.Redact(template);
    }

    /// <summary>The part before the first colon, in lower case.</summary>
    public string Scheme { get; }

    /// <summary>The directory that relative paths in the URI are relative to (the spec's, or the current one).</summary>
    public string BaseDirectory { get; }

    /// <summary>The URI without password or other secret values: what people and files may see.</summary>
    public string Redacted { get; }

    /// <summary>Reads a URI without resolving its secrets.</summary>
    /// <exception cref="EndpointException">It has no scheme.</exception>
    public static Endpoint Parse(string text, string baseDirectory, ISecretSource? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !text.AsSpan(0, colon).ContainsOnlySchemeCharacters())
        {
            throw new EndpointException(
                $"'{EndpointRedaction.Redact(text)}' is not an endpoint: expected scheme:rest, such as sqlite:shop.db or postgresql://user@host:5432/db.");
        }

        return new Endpoint(text, text[..colon].ToLowerInvariant(), baseDirectory, secrets ?? new EnvironmentSecretSource(baseDirectory));
    }

    /// <summary>The URI with its secrets resolved. Give it to a driver; never keep, log or show it.</summary>
    /// <exception cref="SecretMissingException">A reference has nothing behind it.</exception>
    public string Reveal() => SecretReferences.Resolve(_template, _secrets);

    /// <summary>The redacted form.</summary>
    public override string ToString() => Redacted;

    public bool Equals(Endpoint? other) => other is not null && other._template == _template && other.BaseDirectory == BaseDirectory;

    public override bool Equals(object? obj) => Equals(obj as Endpoint);

    public override int GetHashCode() => HashCode.Combine(_template, BaseDirectory);
}
