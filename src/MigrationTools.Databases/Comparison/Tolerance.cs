using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>Whether two fields that differ are near enough, as the options say. NULL, NaN and infinities are near nothing.</summary>
internal static class Tolerance
{
    public static bool Covers(ColumnMeaning meaning, CanonicalField source, CanonicalField target, ComparisonOptions options)
    {
        if (options.FloatTolerance > 0 && meaning.HasFloats && NumberOf(source) is { } left && NumberOf(target) is { } right)
        {
            return Math.Abs(left - right) <= options.FloatTolerance * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));
        }

        return options.TimeTolerance > TimeSpan.Zero
            && source.Tag == target.Tag
            && MicrosecondsOf(source) is { } first && MicrosecondsOf(target) is { } second
            && Int128.Abs((Int128)first - second) <= (Int128)options.TimeTolerance.TotalMicroseconds;
    }

    /// <summary>Where the tolerances that were asked for do not reach; null where they do everywhere.</summary>
    public static string? DescribeGaps(ComparisonLayout layout, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(options);
        bool IsMeant(ColumnMeaning meaning) => (options.FloatTolerance > 0 && meaning.HasFloats)
            || (options.TimeTolerance > TimeSpan.Zero && meaning.Kind is LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.TimestampTz);
        var reached = layout.Columns.Take(layout.KeyCount == 0 ? int.MaxValue : layout.KeyCount).Where(column => IsMeant(column.Meaning)).Select(column => column.Name).ToList();
        return reached.Count == 0 ? null
            : layout.KeyCount == 0 ? "the table has no key, by which rows that are only near each other would be told to be one: no tolerance was applied"
            : $"rows are told apart by their key, so that no tolerance was applied to its {string.Join(", ", reached)}";
    }

    private static double? NumberOf(CanonicalField field)
    {
        var number = field.Tag switch
        {
            CanonicalTag.Float64 => field.ReadFloat64(),
            CanonicalTag.Float32 => field.ReadFloat32(),
            CanonicalTag.Integer => field.ReadInt64(),
            CanonicalTag.Decimal when !field.IsLong => double.Parse(DecimalText.ToString(field.Payload), NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    private static long? MicrosecondsOf(CanonicalField field) =>
        field.Tag is CanonicalTag.Time or CanonicalTag.Timestamp or CanonicalTag.TimestampTz && field.ReadInt64() is var value and not (long.MinValue or long.MaxValue)
            ? value
            : null;
}
