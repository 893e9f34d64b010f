using YamlDotNet.Core;

namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>Turns the YAML library's errors into mistakes that say where and what to do.</summary>
internal static class YamlSyntax
{
    /// <param name="exception">What the library threw.</param>
    /// <param name="text">The text that was read.</param>
    /// <param name="lastLine">The line up to which all was well.</param>
    /// <param name="context">Where the mistake goes.</param>
    public static SpecException Refuse(YamlException exception, string text, int lastLine, ReadingContext context)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');

        // The library gives no position for a tab, so the first line from here on that is indented by one is it.
        if (exception.Message.Contains("tab", StringComparison.OrdinalIgnoreCase) && FindTab(lines, lastLine) is { } tab)
        {
            return context.Refuse(tab.Line, tab.Column, "this is not valid YAML: a tab in the indentation; indent with spaces.");
        }

        var line = (int)Math.Clamp(exception.Start.Line, 1, lines.Length);
        var column = (int)Math.Max(1, exception.Start.Column);
        return context.Refuse(line, column, $"this is not valid YAML: {Reason(exception)}{Hint(exception, lines[line - 1], column)}");
    }

    private static string Reason(YamlException exception)
    {
        var message = Echo.Sentence(exception.Message).TrimEnd('.');
        return message.Length == 0 ? "it can't be parsed." : $"{char.ToLowerInvariant(message[0])}{message[1..]}.";
    }

    private static string Hint(YamlException exception, string line, int column)
    {
        if (line.Contains("${", StringComparison.Ordinal))
        {
            return " Put a value with ${…} in quotes when it stands inside { }.";
        }

        if (exception.Message.Contains("invalid mapping", StringComparison.OrdinalIgnoreCase))
        {
            return " A key needs a space after its colon, and a value that holds ': ' needs quotes.";
        }

        return column <= line.Length && line[column - 1] is '@' or '`' or '%' or '{' or '}' or '[' or ']' or ',' or '&' or '*' or '!' or '|' or '>'
            ? $" A value that begins with '{line[column - 1]}' needs quotes."
            : string.Empty;
    }

    private static (int Line, int Column)? FindTab(string[] lines, int fromLine)
    {
        for (var index = Math.Max(0, fromLine - 1); index < lines.Length; index++)
        {
            var column = lines[index].AsSpan().IndexOfAnyExcept(' ');
            if (column >= 0 && lines[index][column] == '\t')
            {
                return (index + 1, column + 1);
            }
        }

        return null;
    }
}
