using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>Logical types by a short name.</summary>
internal static class Types
{
    public static LogicalType Dynamic { get; } = new(LogicalKind.Dynamic);

    public static LogicalType Boolean { get; } = new(LogicalKind.Boolean);

    public static LogicalType Int16 { get; } = new(LogicalKind.Int16);

    public static LogicalType Int32 { get; } = new(LogicalKind.Int32);

    public static LogicalType Int64 { get; } = new(LogicalKind.Int64);

    public static LogicalType Float32 { get; } = new(LogicalKind.Float32);

    public static LogicalType Float64 { get; } = new(LogicalKind.Float64);

    public static LogicalType Blob { get; } = new(LogicalKind.Blob);

    public static LogicalType Date { get; } = new(LogicalKind.Date);

    public static LogicalType Interval { get; } = new(LogicalKind.Interval);

    public static LogicalType Uuid { get; } = new(LogicalKind.Uuid);

    public static LogicalType Json { get; } = new(LogicalKind.Json);

    public static LogicalType Opaque { get; } = new(LogicalKind.Opaque);

    public static LogicalType Decimal(int? precision = null, int? scale = null) => new(LogicalKind.Decimal) { Precision = precision, Scale = scale };

    public static LogicalType Text(int? length = null) => new(LogicalKind.Text) { Length = length };

    public static LogicalType Char(int length) => new(LogicalKind.Char) { Length = length };

    public static LogicalType Time(int? precision = null) => new(LogicalKind.Time) { Precision = precision };

    public static LogicalType Timestamp(int? precision = null) => new(LogicalKind.Timestamp) { Precision = precision };

    public static LogicalType TimestampTz(int? precision = null) => new(LogicalKind.TimestampTz) { Precision = precision };
}
