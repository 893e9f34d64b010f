using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Endpoints;

/// <summary><c>${env:NAME}</c> and <c>${file:path}</c> inside a text.</summary>
public static partial class SecretReferences
{
    /// <summary>Replaces every reference by its value, percent-encoded where the text is a URI with an authority.</summary>
    /// <exception cref="SecretMissingException">A reference has nothing behind it.</exception>
    public static string Resolve(string text, ISecretSource secrets)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(secrets);
        var isUri = text.Contains("://", StringComparison.Ordinal);
        return Reference().Replace(text, match =>
        {
            var value = secrets.Find(match.Groups["kind"].Value, match.Groups["name"].Value)
                ?? throw new SecretMissingException(match.Value);
            var isWhole = match.Length == text.Length;
            return isUri && !isWhole ? Uri.EscapeDataString(value) : value;
        });
    }

    /// <summary>Whether the text holds a reference.</summary>
    public static bool Any(string text) => Reference().IsMatch(text);

    [GeneratedRegex(@"\$\{(?<kind>env|file):(?<name>[^}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
