using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Reports.Html;

namespace MigrationTools.Engine.Tests.Reports;

public sealed partial class ReportColoursTests
{
    private static readonly string[] Tones = ["passed", "failed", "error", "inconclusive", "notrun", "waived", "rolledback"];

    private static readonly (string Text, string Ground)[] Pairs =
    [
        ("ink", "paper"), ("ink", "card"), ("ink", "value"), ("ink", "mark"), ("ink", "hover"),
        ("quiet", "paper"), ("quiet", "card"), ("quiet", "hover"),
        ("accent", "card"), ("extra", "card"), ("changed", "card"),
        .. Tones.SelectMany(tone => new[] { (tone, tone + "-tint"), (tone, "card"), ("ink", tone + "-tint") }),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_text_can_be_read_on_its_ground(int theme)
    {
        var colours = Themes()[theme];

        foreach (var (text, ground) in Pairs)
        {
            // WCAG 2.2, success criterion 1.4.3.
            Contrast(colours[text], colours[ground]).ShouldBeGreaterThanOrEqualTo(4.5, $"{text} on {ground}");
        }
    }

    // In light, and in dark: each is one block of custom properties.
    private static List<Dictionary<string, string>> Themes() =>
        [.. Root().Matches(ReportColours.Text).Select(block => Colour().Matches(block.Value).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value))];

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string colour) => (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@":root \{[^}]*\}")]
    private static partial Regex Root();

    [GeneratedRegex(@"--(?<name>[a-z-]+): (?<value>#[0-9a-f]{6});")]
    private static partial Regex Colour();
}
