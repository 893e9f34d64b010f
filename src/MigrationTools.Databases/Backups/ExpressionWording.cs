using System.Text.RegularExpressions;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// What stays of an expression of PostgreSQL when it goes through a dump. The server writes out what it understood, and understands that anew when it is
/// restored: casts move from an array to its members, and parentheses around them go (a CHECK of a varchar column with IN does so).
/// </summary>
internal static partial class ExpressionWording
{
    /// <summary>The text without casts, and without parentheses around a single value.</summary>
    public static string Of(string text)
    {
        var (before, after) = ("", Cast().Replace(text, ""));
        while (before != after)
        {
            before = after;
            after = Enclosed().Replace(before, "$1");
        }

        return after;
    }

    [GeneratedRegex(@"::(character varying|double precision|timestamp with(out)? time zone|time with(out)? time zone|[\w.]+)(\(\d+(,\s*\d+)?\))?(\[\])*", RegexOptions.CultureInvariant)]
    private static partial Regex Cast();

    // The parentheses of a call stay: they stand right behind a name.
    [GeneratedRegex(@"(?<![\w""])\(('[^'()]*'|[\w.]+|ARRAY\[[^\[\]()]*\])\)", RegexOptions.CultureInvariant)]
    private static partial Regex Enclosed();
}
