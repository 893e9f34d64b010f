using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To dates: timestamps and text only where they are at midnight.</summary>
internal sealed class DateConverter : CellConverter
{
    private const string HasTime = "has a time of day, which a date can't hold";

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Date:
                into.Append(kind, bytes);
                return null;
            case CellKind.Timestamp or CellKind.TimestampTz:
                return AppendTimestamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), into);
            case CellKind.Text:
                return AppendText(bytes, into);
            case CellKind.Int64 or CellKind.Float64 or CellKind.Float32 or CellKind.Decimal:
                return Refusals.NumberAsTime;
            default:
                return Refusals.Kind(kind, "a date");
        }
    }

    private static string? AppendTimestamp(long microseconds, RowBatch into)
    {
        if (microseconds is long.MaxValue or long.MinValue)
        {
            into.AppendDate(microseconds > 0 ? int.MaxValue : int.MinValue);
            return null;
        }

        var (days, time) = TimestampText.Split(microseconds);
        if (time != 0)
        {
            return HasTime;
        }

        into.AppendDate(days);
        return null;
    }

    private static string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        var reason = TimestampParser.Parse(text, out var parsed);
        if (reason is not null)
        {
            return reason;
        }

        if (parsed.Infinity != 0)
        {
            into.AppendDate(parsed.Infinity > 0 ? int.MaxValue : int.MinValue);
            return null;
        }

        if (parsed.Days is null)
        {
            return "a time of day where a date is expected";
        }

        if (parsed.Time is > 0)
        {
            return HasTime;
        }

        if (parsed.OffsetSeconds is not (null or 0))
        {
            return "has a zone offset, which a date can't hold";
        }

        into.AppendDate(parsed.Days.Value);
        return null;
    }
}
