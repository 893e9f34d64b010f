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
            var value = Find(match, secrets) ?? throw new SecretMissingException(match.Value);
            var isWhole = match.Length == text.Length;
            return isUri && !isWhole ? Uri.EscapeDataString(value) : value;
        });
    }

    /// <summary>Whether the text holds a reference.</summary>
    public static bool Any(string text) => Reference().IsMatch(text);

    /// <summary>The values behind the text's references, as far as they are there.</summary>
    internal static IReadOnlyList<string> Values(string text, ISecretSource secrets) =>
        [.. Reference().Matches(text).Select(match => Find(match, secrets)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Where the references stand.</summary>
    internal static IReadOnlyList<SecretSpan> Spans(string text) =>
        [.. Reference().Matches(text).Select(match => new SecretSpan(match.Index, match.Index + match.Length))];

    /// <summary>Where the first <c>${</c> stands that begins no reference; -1 where all do.</summary>
    internal static int IndexOfMalformed(string text)
    {
        var index = text.IndexOf("${", StringComparison.Ordinal);
        while (index >= 0)
        {
            var match = Reference().Match(text, index);
            if (!match.Success || match.Index != index)
            {
                return index;
            }

            index = text.IndexOf("${", index + match.Length, StringComparison.Ordinal);
        }

        return -1;
    }

    private static string? Find(Match match, ISecretSource secrets) => secrets.Find(match.Groups["kind"].Value, match.Groups["name"].Value);

    [GeneratedRegex(@"\$\{(?<kind>env|file|credential):(?<name>[^{}\r\n]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
