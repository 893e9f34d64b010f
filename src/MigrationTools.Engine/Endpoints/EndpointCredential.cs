using System.Net;

namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// A credential as the source of a password that an endpoint refers to: the endpoint's text holds <c>${credential:password}</c>, never the password.
/// </summary>
internal sealed class EndpointCredential(NetworkCredential credential, ISecretSource others) : ISecretSource
{
    private const string Kind = "credential";
    private const string Authority = "://";

    public string? Find(string kind, string name) =>
        kind != Kind ? others.Find(kind, name) : string.IsNullOrEmpty(credential.Password) ? null : credential.Password;

    /// <summary>A URI's text with the credential's user and a reference to its password in the place of its own.</summary>
    /// <exception cref="EndpointException">It has no authority: nobody asks for a password there.</exception>
    internal static string Template(string uri, string user, string redacted)
    {
        var start = uri.IndexOf(Authority, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new EndpointException($"'{redacted}' takes no credential: it is a file. Give the credential for the side that is a server.");
        }

        start += Authority.Length;
        var references = SecretReferences.Spans(uri);
        bool IsInReference(int index) => references.Any(span => index >= span.Start && index < span.End);
        var end = start;
        while (end < uri.Length && (uri[end] is not ('/' or '?' or '#') || IsInReference(end)))
        {
            end++;
        }

        var at = uri.LastIndexOf('@', end - 1, end - start);
        return $"{uri[..start]}{Uri.EscapeDataString(user)}:${{{Kind}:password}}@{uri[(at < 0 ? start : at + 1)..]}";
    }
}
