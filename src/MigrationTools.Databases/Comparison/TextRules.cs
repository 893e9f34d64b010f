using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison;

/// <summary>What of texts does not count when they are compared.</summary>
public sealed record TextRules
{
    /// <summary>Blanks at the end.</summary>
    public bool IgnorePadding { get; init; }

    /// <summary>Upper and lower case, by Unicode's simple mapping, whatever the language.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>How accents are composed: texts are brought to Unicode's normalization form C. That takes the data of ICU.</summary>
    public bool Normalize { get; init; }

    /// <summary>An empty text is NULL (as for Oracle).</summary>
    public bool EmptyAsNull { get; init; }

    /// <summary>Whether all counts.</summary>
    public bool Exact => this == new TextRules();

    // Where .NET runs without ICU (invariant globalization), it gives texts back as they are and says nothing.
    private static bool CanNormalize => "a\u0308".Normalize() == "\u00E4";

    /// <summary>Refuses what can't be done here, which would else be left out in silence.</summary>
    /// <exception cref="InvalidRequestException">Texts shall be normalized, and can't be.</exception>
    internal void Require()
    {
        if (Normalize && !CanNormalize)
        {
            throw new InvalidRequestException("Texts can't be normalized here: this program runs without ICU (invariant globalization). Leave the rule out, or compare where .NET has ICU, such as in PowerShell.");
        }
    }
}
