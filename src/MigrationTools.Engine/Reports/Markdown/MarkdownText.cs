using System.Text;

namespace MigrationTools.Engine.Reports.Markdown;

/// <summary>Puts text of unknown origin into Markdown (CommonMark and GitHub's tables) so that it reads as itself and means nothing.</summary>
internal static class MarkdownText
{
    // CommonMark 0.31, section 2.4: any of these may be escaped with a backslash.
    private const string Meaningful = @"\`*_{}[]()<>#+-!|~&$^";

    /// <summary>Text on one line, in a table's cell too.</summary>
    public static string Plain(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var character in VisibleText.Line(text ?? ""))
        {
            if (Meaningful.Contains(character, StringComparison.Ordinal) && !(character is '-' or '+' && escaped.Length > 0))
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        // A bare address would become a link to wherever a value points; the backslash before its colon stops that.
        return escaped.Replace("://", @"\://").Replace("www.", @"www\.").ToString();
    }

    /// <summary>Code on one line: fenced by more backticks than it has in a row.</summary>
    public static string Code(string? text)
    {
        var shown = VisibleText.Line(text ?? "");
        var longest = 0;
        var run = 0;
        foreach (var character in shown)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return longest > 0 || shown is "" or [' ', ..] or [.., ' '] ? $"{fence} {shown} {fence}" : fence + shown + fence;
    }

    /// <summary>A value of the data; NULL has a form that no text can take.</summary>
    public static string Value(string? value) => value switch
    {
        null => "*NULL*",
        "" => "*empty text*",
        _ => Code(value),
    };
}
