namespace MigrationTools.Databases.Comparison;

/// <summary>What of texts does not count when they are compared.</summary>
public sealed record TextRules
{
    /// <summary>Blanks at the end.</summary>
    public bool IgnorePadding { get; init; }

    /// <summary>Upper and lower case, by Unicode's simple mapping, whatever the language.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>How accents are composed: texts are brought to Unicode's normalization form C.</summary>
    public bool Normalize { get; init; }

    /// <summary>An empty text is NULL (as for Oracle).</summary>
    public bool EmptyAsNull { get; init; }

    /// <summary>Whether all counts.</summary>
    public bool Exact => this == new TextRules();
}
