using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationTools.Cli.CommandLine;

/// <summary>Durations as specs have them: 30s, 15m, 2h, 1d, 1h30m.</summary>
internal static partial class DurationText
{
    public const string Expected = "a duration such as 30s, 15m, 2h or 1h30m";

    /// <returns>Null where the text is no duration, or one of nothing.</returns>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Form().Match(text) is not { Success: true, Length: > 0 } match)
        {
            return null;
        }

        var seconds = (Number(match, "d") * 86_400) + (Number(match, "h") * 3_600) + (Number(match, "m") * 60) + Number(match, "s");
        return seconds > 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double Number(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var digits } ? double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m)?(?:(?<s>\d+(?:\.\d+)?)s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
