using System.Net;

namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Finds passwords in the user information of URIs (RFC 3986, section 3.2.1). A well-formed password has no <c>@ : / ? #</c> in it, but people
/// paste them raw; so the last <c>@</c> of the URI ends the password, not the first, and a slash does not.
/// </summary>
internal static class UserInfoSpans
{
    private const int LongestScheme = 32;

    // Bounds the work on hostile text; no URI that a person writes comes near.
    private const int LongestWord = 2048;
    private const int LongestTail = 512;

    private static readonly HashSet<string> PathSchemes = new(["sqlite", "file", "unix"], StringComparer.OrdinalIgnoreCase);

    // Schemes that are known without a slash after the colon: everything else of that form is a word and a colon.
    private static readonly HashSet<string> ServerSchemes = new(
        ["postgresql", "postgres", "sqlserver", "mssql", "mysql", "mariadb", "oracle", "mongodb", "redis", "amqp", "http", "https", "ftp"],
        StringComparer.OrdinalIgnoreCase);

    private readonly record struct Intro(int Start, int WordStart, string Scheme);

    public static IEnumerable<SecretSpan> InText(ReferenceMap map)
    {
        var intros = Intros(map.Text).ToList();
        var hiddenUpTo = 0;
        for (var index = 0; index < intros.Count; index++)
        {
            var intro = intros[index];
            if (intro.WordStart < hiddenUpTo)
            {
                continue;
            }

            var end = EndOfWord(map, intros, index);
            foreach (var span in InWord(map, intro.Scheme, intro.WordStart, end, endOfTail: EndOfLine(map.Text, end)))
            {
                hiddenUpTo = span.End;
                yield return span;
            }
        }
    }

    /// <summary>The whole text is one URI; it may lack a scheme, or the slashes.</summary>
    public static IEnumerable<SecretSpan> InUri(ReferenceMap map)
    {
        var text = map.Text;
        var colon = map.IndexOf(':', 0, text.Length);
        if (colon < 0)
        {
            return [];
        }

        var scheme = text[..colon];
        var start = colon + 1;
        while (start < text.Length && text[start] == '/')
        {
            start++;
        }

        var slashes = start - colon - 1;
        if (PathSchemes.Contains(scheme) && slashes != 2)
        {
            return [];
        }

        // Without slashes and @ it may be anything with colons; InText knows the servers' schemes.
        var lastAt = map.LastIndexOf('@', start, text.Length);
        if (slashes == 0 && lastAt < 0)
        {
            return [];
        }

        // 'user:password@host': the scheme was forgotten, or it was meant and the slashes were.
        return slashes == 0 && lastAt > start && map.IndexOf(':', start, lastAt) < 0
            ? map.EndOfReferenceAt(start) == lastAt ? [] : [new SecretSpan(start, lastAt)]
            : InWord(map, scheme, start, text.Length, text.Length);
    }

    private static IEnumerable<SecretSpan> InWord(ReferenceMap map, string scheme, int start, int end, int endOfTail)
    {
        var text = map.Text;
        while (start < end)
        {
            var colon = PasswordColon(map, start, end);
            var lastAt = map.LastIndexOf('@', start, end);
            if (IsWeb(scheme) && WebUser(map, start, colon < 0 ? end : colon) is { } user)
            {
                return [user];
            }

            if (colon < 0)
            {
                return [];
            }

            if (map.EndOfReferenceAt(colon + 1) is { } endOfReference && (endOfReference >= end || text[endOfReference] is '@' or '/' or '?' or '#' or ','))
            {
                // A referenced password or port: what follows it is looked at anew.
                start = endOfReference + 1;
                continue;
            }

            if (lastAt > colon)
            {
                return lastAt > colon + 1 ? [new SecretSpan(colon + 1, lastAt)] : [];
            }

            var isNoPassword = IsPort(text, colon + 1, end) || IsInPath(text, start, colon) || IsMasked(text, colon + 1, end);
            return isNoPassword ? [] : [Unclosed(map, colon + 1, end, endOfTail)];
        }

        return [];
    }

    /// <summary>
    /// After the colon stands neither a port nor an @: a password with a space in it, or a URI that was cut off. Hidden is what stands
    /// up to the line's next @, or the rest of the word.
    /// </summary>
    private static SecretSpan Unclosed(ReferenceMap map, int start, int end, int endOfTail)
    {
        var at = map.IndexOf('@', end, endOfTail);
        if (at < 0)
        {
            return new SecretSpan(start, end);
        }

        var endOfPiece = at;
        while (endOfPiece < endOfTail && !char.IsWhiteSpace(map.Text[endOfPiece]))
        {
            endOfPiece++;
        }

        return new SecretSpan(start, map.LastIndexOf('@', at, endOfPiece));
    }

    /// <summary>The colon between user and password; those inside an IPv6 address in brackets are passed over.</summary>
    private static int PasswordColon(ReferenceMap map, int start, int end)
    {
        var colon = map.IndexOf(':', start, end);
        if (colon < 0 || map.Text.LastIndexOf('[', colon, colon - start + 1) is var open && open < 0)
        {
            return colon;
        }

        var close = map.Text.IndexOf(']', colon, end - colon);
        return close > 0 && IPAddress.TryParse(map.Text.AsSpan(open + 1, close - open - 1), out _) ? map.IndexOf(':', close, end) : colon;
    }

    /// <summary>https://token@host: services take tokens in the user's place.</summary>
    private static SecretSpan? WebUser(ReferenceMap map, int start, int end)
    {
        var at = map.IndexOf('@', start, end);
        return at > start && !IsInPath(map.Text, start, at) && map.EndOfReferenceAt(start) != at
            ? new SecretSpan(start, map.LastIndexOf('@', at, end))
            : null;
    }

    private static bool IsPort(string text, int start, int end)
    {
        var index = start;
        while (index < end && char.IsAsciiDigit(text[index]))
        {
            index++;
        }

        return index >= end || (!char.IsLetterOrDigit(text[index]) && text[index] is not ('@' or '%' or '$' or '!' or '*' or '{' or '<' or '_' or '-' or '+' or '^' or '~'));
    }

    /// <summary>What was redacted before stays as it is.</summary>
    private static bool IsMasked(string text, int start, int end)
    {
        var after = start + EndpointRedaction.Mask.Length;
        return text.AsSpan(start, end - start).StartsWith(EndpointRedaction.Mask, StringComparison.Ordinal)
            && (after >= end || text[after] is '&' or ';' or ',' or '\'' or '"');
    }

    /// <summary>A colon after the authority (https://host/a:b) separates no password.</summary>
    private static bool IsInPath(string text, int start, int colon) => text.AsSpan(start, colon - start).IndexOfAny('/', '?', '#') >= 0;

    private static bool IsWeb(string scheme) =>
        scheme.EndsWith("http", StringComparison.OrdinalIgnoreCase) || scheme.EndsWith("https", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Intro> Intros(string text)
    {
        for (var colon = text.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            var start = StartOfScheme(text, colon);
            var scheme = text[start..colon];
            var wordStart = colon + 1;
            while (wordStart < text.Length && text[wordStart] == '/')
            {
                wordStart++;
            }

            var slashes = wordStart - colon - 1;
            var isUri = PathSchemes.Contains(scheme) ? slashes == 2 : slashes > 0 || ServerSchemes.Contains(scheme);
            if (scheme.Length > 1 && isUri)
            {
                yield return new Intro(start, wordStart, scheme);
            }
        }
    }

    private static int StartOfScheme(string text, int colon)
    {
        var start = colon;
        while (start > 0 && colon - start < LongestScheme && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
        {
            start--;
        }

        while (start < colon && !char.IsAsciiLetter(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>White space ends a URI in a text, and so does a separator with the next URI after it.</summary>
    private static int EndOfWord(ReferenceMap map, List<Intro> intros, int index)
    {
        var text = map.Text;
        var start = intros[index].WordStart;
        var limit = Math.Min(text.Length, start + LongestWord);
        for (var next = index + 1; next < intros.Count && intros[next].Start < limit; next++)
        {
            var before = intros[next].Start - 1;
            if (before >= start && text[before] is ',' or ';' or '\'' or '"' or '(' or '[' or '{' or '<' or '=' or '|' && IsComplete(map, start, before))
            {
                limit = before;
            }
        }

        var end = start;
        while (end < limit && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Whether what stands there can be a whole URI: its password, if any, has its @.</summary>
    private static bool IsComplete(ReferenceMap map, int start, int end)
    {
        var colon = map.IndexOf(':', start, end);
        return colon < 0 || map.EndOfReferenceAt(colon + 1) is not null || IsPort(map.Text, colon + 1, end) || map.IndexOf('@', colon, end) >= 0;
    }

    private static int EndOfLine(string text, int start)
    {
        var limit = Math.Min(text.Length, start + LongestTail);
        var end = start;
        while (end < limit && text[end] is not ('\r' or '\n'))
        {
            end++;
        }

        return end;
    }
}
