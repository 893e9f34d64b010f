using System.Collections;
using System.Globalization;
using MigrationTools.Engine;

namespace MigrationTools.Internal;

/// <summary>What <c>-Waive</c> takes: check id (wildcards) = why.</summary>
internal static class WaiverTable
{
    /// <exception cref="InvalidRequestException">A check without a reason.</exception>
    public static IReadOnlyDictionary<string, string> Read(Hashtable? table)
    {
        var waivers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? [])
        {
            var (check, why) = (Text(entry.Key), Text(entry.Value));
            waivers[check] = check.Length > 0 && why.Length > 0
                ? why
                : throw new InvalidRequestException($"-Waive '{check}': give the check and why you answer for it, as in -Waive @{{ 'backup:shop' = 'restored by hand on Monday' }}.");
        }

        return waivers;
    }

    private static string Text(object? value) => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Trim();
}
