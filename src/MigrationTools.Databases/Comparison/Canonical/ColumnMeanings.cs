using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// Chooses what two columns are compared as: what the stricter of their types means. Numbers of different types are compared by value,
/// text is read as what the other side is, instants are compared in UTC and at the precision that both sides have.
/// </summary>
internal static class ColumnMeanings
{
    private const int MostSecondDigits = 6;

    /// <summary>The meaning, or null where the two types have nothing in common.</summary>
    /// <param name="pair">The two columns.</param>
    /// <param name="sourceServerType">The source column's type as its server writes it; null for an expression, which is taken for what the target is.</param>
    public static ColumnMeaning? Of(ColumnPair pair, string? sourceServerType)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var source = pair.Source.AsText ? new LogicalType(LogicalKind.Text) : pair.Source.Type;
        var target = pair.Target.Type;
        if (source.Kind == LogicalKind.Opaque || target.Kind == LogicalKind.Opaque)
        {
            return OfOpaque(source.Kind, target.Kind);
        }

        return OfKinds(source.Kind, target.Kind) is { } kind
            ? Refine(new ColumnMeaning(kind), source, target, sourceServerType, pair)
            : null;
    }

    /// <summary>The bytes of such types can hold numbers that a server gives out (the OIDs of types); their text does not.</summary>
    private static ColumnMeaning? OfOpaque(LogicalKind source, LogicalKind target)
    {
        var other = source == LogicalKind.Opaque ? target : source;
        if (other is not (LogicalKind.Opaque or LogicalKind.Text or LogicalKind.Char or LogicalKind.Dynamic))
        {
            return null;
        }

        return new ColumnMeaning(LogicalKind.Text)
        {
            SourceAsText = source == LogicalKind.Opaque,
            TargetAsText = target == LogicalKind.Opaque,
            WithoutPadding = other == LogicalKind.Char,
            Note = "compared as the text that the server gives for it",
        };
    }

    private static ColumnMeaning Refine(ColumnMeaning meaning, LogicalType source, LogicalType target, string? sourceServerType, ColumnPair pair)
    {
        switch (meaning.Kind)
        {
            case LogicalKind.Text when source.Kind == LogicalKind.Char || target.Kind == LogicalKind.Char:
                // Two columns of one length are padded alike; without a length the blanks of a value stay and still do not count (PostgreSQL documentation, 8.3).
                var goesWithoutSaying = sourceServerType is not null && source == target && source.Length is not null;
                return meaning with { WithoutPadding = true, Note = goesWithoutSaying ? null : "compared without blanks at its end, with which char(n) is padded" };

            case LogicalKind.Json when pair.Source.AsText || sourceServerType != pair.Target.ServerType:
                return meaning with { JsonByValue = true };

            case LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.TimestampTz:
                return RefineTime(meaning, sourceServerType is null ? null : SecondDigits(source), SecondDigits(target), source.Kind == LogicalKind.Timestamp || target.Kind == LogicalKind.Timestamp);

            default:
                return meaning;
        }
    }

    // Of one precision nothing is rounded: a side that keeps more digits than it says holds another value. What an expression keeps is not known.
    private static ColumnMeaning RefineTime(ColumnMeaning meaning, int? left, int right, bool oneHasNoZone)
    {
        var notes = new List<string>();
        if (meaning.Kind == LogicalKind.TimestampTz && oneHasNoZone)
        {
            notes.Add("the side without a time zone taken as UTC");
        }

        var digits = left == right ? MostSecondDigits : Math.Min(left ?? MostSecondDigits, right);
        if (digits < MostSecondDigits)
        {
            notes.Add($"compared at {digits} digits of a second, the coarser of the two precisions");
        }

        return meaning with { SecondDigits = digits, Note = notes.Count == 0 ? null : string.Join("; ", notes) };
    }

    private static int SecondDigits(LogicalType type) => type.Kind is LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.TimestampTz
        ? Math.Clamp(type.Precision ?? MostSecondDigits, 0, MostSecondDigits)
        : MostSecondDigits;

    private static LogicalKind? OfKinds(LogicalKind source, LogicalKind target)
    {
        if (source == target)
        {
            return source == LogicalKind.Char ? LogicalKind.Text : source;
        }

        return OfOrdered(source, target) ?? OfOrdered(target, source);
    }

    /// <summary>The meaning of a looser type beside a stricter one; null where they stand the other way round, or have none.</summary>
    private static LogicalKind? OfOrdered(LogicalKind loose, LogicalKind strict) => (loose, strict) switch
    {
        (LogicalKind.Dynamic, LogicalKind.Char) => LogicalKind.Text,
        (LogicalKind.Dynamic, _) => strict,
        (LogicalKind.Text or LogicalKind.Char, LogicalKind.Text or LogicalKind.Char) => LogicalKind.Text,
        (LogicalKind.Text or LogicalKind.Char, LogicalKind.Dynamic) => null,
        (LogicalKind.Text or LogicalKind.Char, _) => strict,
        (LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64, LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64) => LogicalKind.Int64,
        (LogicalKind.Float32, LogicalKind.Float64) => LogicalKind.Float64,
        (LogicalKind.Float64 or LogicalKind.Float32 or LogicalKind.Decimal, LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64) => LogicalKind.Decimal,
        (LogicalKind.Float64 or LogicalKind.Float32, LogicalKind.Decimal) => LogicalKind.Decimal,
        (LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 or LogicalKind.Decimal, LogicalKind.Boolean) => LogicalKind.Boolean,
        (LogicalKind.Date, LogicalKind.Timestamp or LogicalKind.TimestampTz) => strict,
        (LogicalKind.Timestamp, LogicalKind.TimestampTz) => LogicalKind.TimestampTz,
        (LogicalKind.Blob, LogicalKind.Uuid) => LogicalKind.Uuid,
        _ => null,
    };
}
