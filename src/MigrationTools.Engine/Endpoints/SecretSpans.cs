namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// The parts of a text that are secrets written out. It errs on the side of hiding: people write passwords with every
/// character in them, encoded or not, and what a driver would make of such a URI does not matter to who reads the log.
/// A reference (<c>${env:NAME}</c>) that stands alone in a secret's place is no secret.
/// </summary>
internal static class SecretSpans
{
    /// <summary>In text that may quote URIs, connection strings or settings among other words.</summary>
    public static IReadOnlyList<SecretSpan> InText(string text)
    {
        var scan = new ReferenceMap(text);
        return Merge([.. UserInfoSpans.InText(scan), .. SettingSpans.InText(scan)]);
    }

    /// <summary>In a text that is one URI (or was meant to be one): white space and quotes in it end nothing.</summary>
    public static IReadOnlyList<SecretSpan> InUri(string uri)
    {
        var scan = new ReferenceMap(uri);
        return Merge([.. UserInfoSpans.InUri(scan), .. SettingSpans.InUri(scan), .. UserInfoSpans.InText(scan)]);
    }

    private static List<SecretSpan> Merge(List<SecretSpan> spans)
    {
        spans.Sort((left, right) => left.Start.CompareTo(right.Start));
        var merged = new List<SecretSpan>(spans.Count);
        foreach (var span in spans)
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End)
            {
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }
}
