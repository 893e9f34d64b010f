using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Finds the values of secret-sounding settings: <c>?password=…&amp;</c> in a URI, libpq's <c>password='it''s' host=…</c>, ADO.NET's
/// <c>Password="a;b";</c> and ODBC's <c>PWD={a;b}</c>, JSON's <c>"password": "…"</c>, and an Authorization header.
/// </summary>
internal static partial class SettingSpans
{
    private const int LongestKey = 64;

    // Those that no ADO.NET key of two words ends with.
    private static readonly HashSet<string> LibpqKeywords = new(
        ["host", "hostaddr", "port", "dbname", "user", "passfile", "sslmode", "sslrootcert", "sslcert", "options", "application_name", "connect_timeout", "target_session_attrs"],
        StringComparer.Ordinal);

    public static IEnumerable<SecretSpan> InText(ReferenceMap map) => [.. Assignments(map, ValueEnd.AtWhiteSpace), .. Quoted(map)];

    public static IEnumerable<SecretSpan> InUri(ReferenceMap map) => Assignments(map, ValueEnd.AtNextSetting);

    /// <summary>What ends a value without quotes, besides the next setting.</summary>
    private enum ValueEnd
    {
        AtWhiteSpace,
        AtNextSetting,
    }

    private static IEnumerable<SecretSpan> Assignments(ReferenceMap map, ValueEnd valueEnd)
    {
        var text = map.Text;
        var equals = map.IndexOf('=', 0, text.Length);
        while (equals >= 0)
        {
            var next = equals + 1;
            if (IsSecretKey(text, equals))
            {
                var start = SkipBlanks(text, next);
                var end = EndOfValue(map, start, valueEnd);
                next = Math.Max(next, end);
                if (end > start && !IsReference(map, start, end))
                {
                    yield return new SecretSpan(start, end);
                }
            }

            equals = map.IndexOf('=', next, text.Length);
        }
    }

    private static IEnumerable<SecretSpan> Quoted(ReferenceMap map)
    {
        foreach (Match match in JsonMember().Matches(map.Text))
        {
            var keyEnd = map.Text.IndexOf('"', match.Index + 1);
            if (SecretNames.Sounds(map.Text[(match.Index + 1)..keyEnd]))
            {
                var start = map.Text.IndexOf('"', keyEnd + 1) + 1;
                var end = match.Index + match.Length - 1;
                if (end > start && !IsReference(map, start, end))
                {
                    yield return new SecretSpan(start, end);
                }
            }
        }

        foreach (Match match in AuthorizationHeader().Matches(map.Text))
        {
            var value = match.Groups["value"];
            if (!IsReference(map, value.Index, value.Index + value.Length))
            {
                yield return new SecretSpan(value.Index, value.Index + value.Length);
            }
        }
    }

    private static bool IsReference(ReferenceMap map, int start, int end)
    {
        var isQuoted = end - start > 2 && map.Text[start] is '\'' or '"' && map.Text[end - 1] == map.Text[start];
        return isQuoted ? map.EndOfReferenceAt(start + 1) == end - 1 : map.EndOfReferenceAt(start) == end;
    }

    /// <summary>Whether the name before an equals sign sounds secret, alone (<c>pwd</c>) or with the word before it (<c>Access Key</c>).</summary>
    private static bool IsSecretKey(string text, int equals)
    {
        var end = equals;
        while (end > 0 && text[end - 1] is ' ' or '\t')
        {
            end--;
        }

        if (end > 0 && text[end - 1] is '"' or '\'')
        {
            end--;
        }

        var start = StartOfWord(text, end);
        if (start == end)
        {
            return false;
        }

        var isParameter = start > 0 && text[start - 1] is '?' or '&' or ';';
        var name = Uri.UnescapeDataString(text[start..end]);
        if (SecretNames.Sounds(name) || (isParameter && SecretNames.SoundsAsParameter(name)))
        {
            return true;
        }

        return start > 1 && text[start - 1] is ' ' && StartOfWord(text, start - 1) is var first && first < start - 1
            && SecretNames.Sounds(string.Concat(text.AsSpan(first, start - 1 - first), name));
    }

    private static int StartOfWord(string text, int end)
    {
        var start = end;
        while (start > 0 && end - start < LongestKey && IsKeyCharacter(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static bool IsKeyCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '%';

    private static int SkipBlanks(string text, int index)
    {
        while (index < text.Length && text[index] is ' ' or '\t')
        {
            index++;
        }

        return index;
    }

    private static int EndOfValue(ReferenceMap map, int start, ValueEnd valueEnd)
    {
        if (start >= map.Text.Length)
        {
            return start;
        }

        var index = map.Text[start] switch
        {
            '\'' or '"' => EndOfQuoted(map.Text, start, valueEnd),
            '{' => EndOfBraced(map.Text, start),
            _ => start,
        };
        return EndOfUnquoted(map, index, valueEnd);
    }

    /// <summary>After the closing quote; a doubled one and one after a backslash are part of the value. Without a closing quote, the line's end.</summary>
    private static int EndOfQuoted(string text, int start, ValueEnd valueEnd)
    {
        var quote = text[start];
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == quote)
            {
                if (index + 1 >= text.Length || text[index + 1] != quote)
                {
                    return index + 1;
                }

                index++;
            }
            else if (valueEnd == ValueEnd.AtWhiteSpace && text[index] is '\r' or '\n')
            {
                return index;
            }
        }

        return text.Length;
    }

    private static int EndOfBraced(string text, int start)
    {
        var close = text.IndexOf('}', start);
        while (close >= 0 && close + 1 < text.Length && text[close + 1] == '}')
        {
            close = close + 2 < text.Length ? text.IndexOf('}', close + 2) : -1;
        }

        return close < 0 ? start : close + 1;
    }

    private static int EndOfUnquoted(ReferenceMap map, int start, ValueEnd valueEnd)
    {
        var text = map.Text;
        var index = start;
        while (index < text.Length)
        {
            if (map.EndOfReferenceAt(index) is { } endOfReference)
            {
                index = endOfReference;
            }
            else if (text[index] is '&' or ';' && IsSettingOrEnd(text, index + 1))
            {
                return index;
            }
            else if (char.IsWhiteSpace(text[index]))
            {
                if (valueEnd == ValueEnd.AtNextSetting ? IsSettingOrEnd(text, index + 1) : !GoesOnToSemicolon(text, index))
                {
                    return index;
                }

                index++;
            }
            else
            {
                index++;
            }
        }

        return index;
    }

    private static bool IsSettingOrEnd(string text, int start)
    {
        var index = SkipBlanks(text, start);
        if (index >= text.Length || (index == start && char.IsWhiteSpace(text[index])))
        {
            return true;
        }

        var limit = Math.Min(text.Length, index + LongestKey);
        var first = index;
        while (index < limit && (IsKeyCharacter(text[index]) || text[index] == ' '))
        {
            index++;
        }

        return index > first && index < text.Length && text[index] == '=' && !IsLibpqKeywordAfterWord(text.AsSpan(first, index - first).TrimEnd());
    }

    /// <summary>In <c>password=a;b host=db</c> the semicolon is the password's; in <c>Password=a;User Id=u</c> it ends it.</summary>
    private static bool IsLibpqKeywordAfterWord(ReadOnlySpan<char> key)
    {
        var space = key.LastIndexOf(' ');
        return space > 0 && LibpqKeywords.Contains(key[(space + 1)..].ToString());
    }

    /// <summary>ADO.NET's values may hold spaces: they run up to the semicolon where one stands before the next setting.</summary>
    private static bool GoesOnToSemicolon(string text, int start)
    {
        var limit = Math.Min(text.Length, start + 256);
        for (var index = start; index < limit; index++)
        {
            switch (text[index])
            {
                case ';':
                    return true;
                case '=' or '\r' or '\n':
                    return false;
            }
        }

        return false;
    }

    [GeneratedRegex(@"""[A-Za-z0-9_.-]{2,64}""\s{0,8}:\s{0,8}""(?:[^""\\]|\\.)*""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex JsonMember();

    [GeneratedRegex(@"authorization[""']?\s{0,8}[:=]\s{0,8}[""']?(?:(?:basic|bearer|digest|negotiate|token)\s{1,8})?(?<value>[^\s""']+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationHeader();
}
