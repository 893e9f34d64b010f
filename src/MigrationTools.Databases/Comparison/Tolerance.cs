using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Conversion;

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
