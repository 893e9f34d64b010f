using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Chooses how two columns are hashed natively, so that it means what their canonical form means.</summary>
internal static class PostgresHashForms
{
    /// <summary>The form; null where two types have none in common, and rows must be streamed.</summary>
    public static PostgresHashForm? Of(PostgresWire source, PostgresWire target, ColumnMeaning meaning)
    {
        if (meaning.Text.IgnoreCase || meaning.Text.Normalize)
        {
            return null;
        }

        return meaning.Kind switch
        {
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 when IsWhole(source) && IsWhole(target) => PostgresHashForm.Whole,
            LogicalKind.Decimal when IsNumber(source) && IsNumber(target) => PostgresHashForm.AnyNumber,
            LogicalKind.Float32 or LogicalKind.Float64 when IsFloat(source) && IsFloat(target) => PostgresHashForm.Float,
            LogicalKind.Text or LogicalKind.Char when IsText(source) && IsText(target) => meaning.WithoutPadding ? PostgresHashForm.TrimmedText : PostgresHashForm.Text,
            LogicalKind.Boolean when source == PostgresWire.Bool && target == PostgresWire.Bool => PostgresHashForm.Truth,
            LogicalKind.Timestamp when Are(PostgresWire.Timestamp) => PostgresHashForm.Timestamp,
            LogicalKind.TimestampTz when IsMoment(source) && IsMoment(target) => PostgresHashForm.Timestamp,
            LogicalKind.Time when Are(PostgresWire.Time) => PostgresHashForm.Time,
            LogicalKind.Date when Are(PostgresWire.Date) => PostgresHashForm.Date,
            LogicalKind.Uuid when Are(PostgresWire.Uuid) => PostgresHashForm.Uuid,
            LogicalKind.Blob when Are(PostgresWire.Bytea) => PostgresHashForm.Bytes,
            LogicalKind.Interval when Are(PostgresWire.Interval) => PostgresHashForm.Interval,
            LogicalKind.Json when source == target && source is PostgresWire.Json or PostgresWire.Jsonb && !meaning.JsonByValue => PostgresHashForm.Text,
            _ => null,
        };

        bool Are(PostgresWire wire) => source == wire && target == wire;
    }

    private static bool IsWhole(PostgresWire wire) => wire is PostgresWire.Int2 or PostgresWire.Int4 or PostgresWire.Int8;

    private static bool IsNumber(PostgresWire wire) => wire == PostgresWire.Numeric || IsWhole(wire);

    private static bool IsFloat(PostgresWire wire) => wire is PostgresWire.Float4 or PostgresWire.Float8;

    private static bool IsText(PostgresWire wire) => wire is PostgresWire.Text or PostgresWire.SingleByte or PostgresWire.ObjectName;

    private static bool IsMoment(PostgresWire wire) => wire is PostgresWire.Timestamp or PostgresWire.TimestampTz;
}
