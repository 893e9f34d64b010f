using System.Globalization;
using System.Text;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>Shows what the user wrote inside a message: redacted, shortened, and without characters that a terminal would obey.</summary>
internal static class Echo
{
    private const int LongestValue = 100;
    private const int LongestSentence = 300;

    /// <summary>A value, in single quotes.</summary>
    public static string Quote(string text) => $"'{Shorten(EndpointRedaction.RedactUri(text), LongestValue)}'";

    /// <summary>A word of the user's, without quotes.</summary>
    public static string Plain(string text) => Shorten(EndpointRedaction.RedactUri(text), LongestValue);

    /// <summary>A sentence of a library's, which may quote the user.</summary>
    public static string Sentence(string text) => Shorten(EndpointRedaction.Redact(text), LongestSentence);

    // After redaction: a password cut in half would not be found any more.
    private static string Shorten(string text, int longest)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= longest)
            {
                return result.Append('…').ToString();
            }

            var isShown = !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;
            result.Append(isShown ? rune.ToString() : "\uFFFD");
        }

        return result.ToString();
    }
}
