using System.Globalization;
using System.Text;

namespace MigrationTools.Cli.Terminal;

/// <summary>Text from elsewhere, made safe for a terminal: a value in a database must not move the cursor or ring the bell.</summary>
internal static class Printable
{
    /// <summary>On one line, with control characters spelled out.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(MustBeSpelled) ? Spell(text, keepLines: false) : text;
    }

    /// <summary>Likewise, but the text's own lines stay.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(MustBeSpelled) ? Spell(text, keepLines: true) : text;
    }

    /// <summary>A database's value as people read it: NULL can't be mistaken for a text.</summary>
    public static string Value(string? value) => value is null ? "NULL" : $"'{Line(value)}'";

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Cut(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, Math.Max(length - 1, 0)), "…");
    }

    /// <summary>The text in lines of at most a width, broken between words where it can be; spaces at a line's beginning stay.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<string>();
        var rest = text;
        var room = Math.Max(width, 20);
        while (rest.Length > room)
        {
            var at = rest.LastIndexOf(' ', room);
            at = at > room / 2 ? at : room;
            lines.Add(rest[..at].TrimEnd());
            rest = rest[at..].TrimStart();
        }

        return [.. lines, rest];
    }

    // Format characters are spelled too: a right-to-left override makes a line say what it does not say.
    private static bool MustBeSpelled(char character) =>
        char.IsControl(character) || (char.GetUnicodeCategory(character) == UnicodeCategory.Format && character != '\u200d');

    private static string Spell(string text, bool keepLines)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' when keepLines => result.Append('\n'),
                '\r' when keepLines => result,
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when MustBeSpelled(character) => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => result.Append(character),
            };
        }

        return result.ToString();
    }
}
