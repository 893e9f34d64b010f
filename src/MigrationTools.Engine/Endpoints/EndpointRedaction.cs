using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Endpoints;

/// <summary>Takes secrets out of URIs and of free text that may quote one.</summary>
public static partial class EndpointRedaction
{
    /// <summary>The text with every <c>user:password@</c> and every secret-sounding <c>key=value</c> replaced by <c>***</c>.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = UserInfo().Replace(text, "${before}***@");
        return SecretParameter().Replace(result, "${key}***");
    }

    internal static bool ContainsOnlySchemeCharacters(this ReadOnlySpan<char> scheme)
    {
        foreach (var character in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    // The last @ before the path ends the user information, so a password with an @ in it does not leak its tail.
    [GeneratedRegex(@"(?<before>[a-zA-Z][a-zA-Z0-9+.-]*://[^:/?#\s@]*:)[^/?#\s]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"(?<key>(?:password|passwd|pwd|secret|token|sslpassword|api[_-]?key|access[_-]?key)\s*=\s*)[^&;\s""']+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();
}
