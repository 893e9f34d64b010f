using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The patterns of a spec's values, in the dialect that .NET and JSON schema (ECMA-262) share.</summary>
internal static partial class Patterns
{
    /// <summary>Whether the whole text matches; in .NET a $ also stands before a last line break.</summary>
    public static bool Fits(this Regex pattern, string text) => pattern.Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>A spec's id: part of run ids and of file names.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,79}$", RegexOptions.CultureInvariant)]
    public static partial Regex Id();

    /// <summary>A system's name; without a dot, which separates it from its side in references.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}$", RegexOptions.CultureInvariant)]
    public static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}(\.[A-Za-z]+)?$", RegexOptions.CultureInvariant)]
    public static partial Regex SystemReference();

    [GeneratedRegex(@"^([0-9]{1,9}(\.[0-9]{1,9})?(ms|s|m|h|d))+$", RegexOptions.CultureInvariant)]
    public static partial Regex Duration();

    [GeneratedRegex(@"^[0-9]{1,18}(\.[0-9]{1,9})? ?([KMGTkmgt]i?)?[Bb]$", RegexOptions.CultureInvariant)]
    public static partial Regex Size();

    /// <summary>A metric's name: part of conditions, where a hyphen is a minus and a dot separates it from its figure.</summary>
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,79}$", RegexOptions.CultureInvariant)]
    public static partial Regex MetricName();

    /// <summary>What every condition has in it; the rest is for its parser.</summary>
    [GeneratedRegex(@"[<=>]", RegexOptions.CultureInvariant)]
    public static partial Regex Comparison();

    [GeneratedRegex(@"^[0-9]{1,6}(\.[0-9]{1,6})?/(s|m|h)$", RegexOptions.CultureInvariant)]
    public static partial Regex Rate();

    [GeneratedRegex(@"^([1-5]xx|[1-5][0-9][0-9])$", RegexOptions.CultureInvariant)]
    public static partial Regex HttpStatus();

    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9})?%$", RegexOptions.CultureInvariant)]
    public static partial Regex Percentage();

    [GeneratedRegex(@"^[^\s@<>,;""]+@[^\s@<>,;""]+$", RegexOptions.CultureInvariant)]
    public static partial Regex MailAddress();

    [GeneratedRegex(@"^/[^\s]*$", RegexOptions.CultureInvariant)]
    public static partial Regex HttpPath();
}
