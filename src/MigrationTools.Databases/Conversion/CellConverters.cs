using MigrationTools.Databases.Conversion.Targets;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Chooses the converter between two logical types. Each goes by the kind that a cell really has (SQLite's columns hold what they
/// are given), and either gives exactly the value or refuses: nothing is rounded, cut or guessed.
/// </summary>
/// <remarks>
/// Choices where engines differ: numbers are equal by value, so the text '007' is the integer 7 and '1.0' is 1. Text without a zone,
/// and a timestamp without one, is UTC where an instant is wanted; text with an offset other than zero is refused where the
/// column has no zone. Bytes become text only if they are valid UTF-8; text becomes bytes as UTF-8. The padding of char(n) is no part of its value.
/// </remarks>
public static class CellConverters
{
    /// <summary>The converter from what a column claims to hold to what another holds.</summary>
    /// <param name="from">The source's type.</param>
    /// <param name="to">The target's type with its limits.</param>
    /// <param name="options">The demands of the target's engine; null for PostgreSQL's.</param>
    public static CellConverter For(LogicalType from, LogicalType to, ConversionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        options ??= new ConversionOptions();
        return to.Kind switch
        {
            LogicalKind.Dynamic => new DynamicConverter(options.Text),
            LogicalKind.Boolean => new BooleanConverter(),
            LogicalKind.Int16 => new IntegerConverter(short.MinValue, short.MaxValue),
            LogicalKind.Int32 => new IntegerConverter(int.MinValue, int.MaxValue),
            LogicalKind.Int64 => new IntegerConverter(long.MinValue, long.MaxValue),
            LogicalKind.Decimal => new DecimalConverter(to),
            LogicalKind.Float32 => new Float32Converter(),
            LogicalKind.Float64 => new Float64Converter(),
            LogicalKind.Text => new TextConverter(from, to, options.Text),
            LogicalKind.Char => new TextConverter(from, to, options.Text),
            LogicalKind.Blob => new BlobConverter(to.Length),
            LogicalKind.Date => new DateConverter(),
            LogicalKind.Time => new TimeConverter(to.Precision),
            LogicalKind.Timestamp => new TimestampConverter(CellKind.Timestamp, to.Precision),
            LogicalKind.TimestampTz => new TimestampConverter(CellKind.TimestampTz, to.Precision),
            LogicalKind.Interval => new IntervalConverter(),
            LogicalKind.Uuid => new UuidConverter(),
            LogicalKind.Json => new JsonConverter(options.Text),
            LogicalKind.Opaque => new OpaqueConverter(),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to.Kind, "No converter for this type."),
        };
    }
}
