using System.Globalization;
using System.Text;

namespace MigrationTools.Engine.Reports;

/// <summary>
/// Text of unknown origin as people can see it. Characters without a shape of their own (controls, direction overrides,
/// zero-width marks, halves of surrogate pairs) are shown as <c>␊</c> or <c>⟨U+202E⟩</c>: two values that differ only in them
/// look different, nothing can turn a line around, and every result is legal in XML and HTML.
/// </summary>
internal static class VisibleText
{
    /// <summary>On one line: line ends and tabs are shown as pictures too.</summary>
    public static string Line(string text) => Show(text, keepLineEnds: false);

    /// <summary>Over several lines: line ends and tabs stay.</summary>
    public static string Block(string text) => Show(text, keepLineEnds: true);

    private static string Show(string text, bool keepLineEnds)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                AppendCode(shown, text[index]);
                index++;
                continue;
            }

            index += rune.Utf16SequenceLength;
            Append(shown, rune, keepLineEnds);
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, Rune rune, bool keepLineEnds)
    {
        var value = rune.Value;
        if (keepLineEnds && value is '\n' or '\t')
        {
            shown.Append((char)value);
        }
        else if (value < ' ')
        {
            // U+2400 and after are the pictures of the control characters, in their order.
            shown.Append((char)(0x2400 + value));
        }
        else if (value == 0x7F)
        {
            shown.Append('\u2421');
        }
        else if (HasNoShape(rune))
        {
            AppendCode(shown, value);
        }
        else
        {
            shown.Append(rune.ToString());
        }
    }

    private static bool HasNoShape(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static void AppendCode(StringBuilder shown, int value) =>
        shown.Append(CultureInfo.InvariantCulture, $"⟨U+{value:X4}⟩");
}
