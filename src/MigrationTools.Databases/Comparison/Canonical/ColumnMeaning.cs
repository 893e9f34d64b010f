using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>What the values of a pair of columns are compared as.</summary>
/// <param name="Kind">The type by meaning; Decimal stands for any number by value, Dynamic for whatever each value is.</param>
internal sealed record ColumnMeaning(LogicalKind Kind)
{
    /// <summary>Digits of the second that both sides hold: 0 to 6.</summary>
    public int SecondDigits { get; init; } = 6;

    /// <summary>Blanks at the end are padding.</summary>
    public bool WithoutPadding { get; init; }

    /// <summary>What of texts does not count; padding is <see cref="WithoutPadding"/>.</summary>
    public TextRules Text { get; init; } = new();

    /// <summary>A side holds floats: a tolerance for floats applies to the numbers.</summary>
    public bool HasFloats { get; init; }

    /// <summary>JSON by its value and not by its text.</summary>
    public bool JsonByValue { get; init; }

    /// <summary>Both sides hold texts and blobs in it: they differ though their bytes are the same.</summary>
    public bool BlobsApart { get; init; }

    /// <summary>Both sides, or the one, are asked for the value as text.</summary>
    public bool SourceAsText { get; init; }

    public bool TargetAsText { get; init; }

    /// <summary>What a reader of the result must know of it; null where it goes without saying.</summary>
    public string? Note { get; init; }
}
