using System.Globalization;
using System.Text;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>Two values beside each other with the part marked in which they differ.</summary>
internal static class ValuePair
{
    private const int FewCharacters = 4;

    public static (Markup Source, Markup Target) Of(string? source, string? target)
    {
        if (source is null || target is null || source.Length == 0 || target.Length == 0 || source == target)
        {
            return (Pieces.Value(source), Pieces.Value(target));
        }

        var start = source.AsSpan().CommonPrefixLength(target);
        if (start > 0 && char.IsHighSurrogate(source[start - 1]))
        {
            start--;
        }

        var end = 0;
        var most = Math.Min(source.Length, target.Length) - start;
        while (end < most && source[^(end + 1)] == target[^(end + 1)])
        {
            end++;
        }

        if (end > 0 && char.IsLowSurrogate(source[^end]))
        {
            end--;
        }

        return (Marked(source, start, end), Marked(target, start, end));
    }

    private static Markup Marked(string value, int start, int end)
    {
        var middle = value[start..^end];
        var mark = middle.Length == 0 ? Markup.Empty : Markup.Of($"<mark>{middle}</mark>");
        return Markup.Of($"""<code class="value"><bdi>{value[..start]}{mark}{value[^end..]}</bdi></code>{CodePoints(middle)}""");
    }

    // Letters that look the same (other scripts, other normal forms) are told apart by their code points.
    private static Markup CodePoints(string middle)
    {
        var runes = middle.EnumerateRunes().ToList();
        return runes.Count is 0 or > FewCharacters || runes.TrueForAll(rune => rune.Value is > ' ' and <= '~')
            ? Markup.Empty
            : Markup.Of($"""<span class="quiet small">{string.Join(' ', runes.Select(CodePoint))}</span>""");
    }

    private static string CodePoint(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
