using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>
/// To timestamps with or without a zone. What has no zone is UTC where an instant is wanted, and an instant is written in UTC
/// where no zone can be; text with another offset is refused there, for the column could not say which it was.
/// </summary>
internal sealed class TimestampConverter(CellKind target, int? precision) : CellConverter
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const string OutOfRange = "before 4714-11-24 BC or after the year 294276";

    private readonly SecondPrecision _precision = new(precision);

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Timestamp or CellKind.TimestampTz:
                return Append(BinaryPrimitives.ReadInt64LittleEndian(bytes), into);
            case CellKind.Date:
                return AppendDate(BinaryPrimitives.ReadInt32LittleEndian(bytes), into);
            case CellKind.Text:
                return AppendText(bytes, into);
            case CellKind.Int64 or CellKind.Float64 or CellKind.Float32 or CellKind.Decimal:
                return Refusals.NumberAsTime;
            default:
                return Refusals.Kind(kind, "a timestamp");
        }
    }

    private string? Append(long microseconds, RowBatch into)
    {
        if (microseconds is not (long.MaxValue or long.MinValue) && _precision.Refuse(microseconds) is { } reason)
        {
            return reason;
        }

        into.AppendMicroseconds(target, microseconds);
        return null;
    }

    private string? AppendDate(int days, RowBatch into) => days switch
    {
        int.MaxValue => Append(long.MaxValue, into),
        int.MinValue => Append(long.MinValue, into),
        < CivilCalendar.FirstDay or > CivilCalendar.LastTimestampDay => OutOfRange,
        _ => Append(days * CivilCalendar.MicrosecondsPerDay, into),
    };

    private string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        var reason = TimestampParser.Parse(text, out var parsed);
        if (reason is not null)
        {
            return reason;
        }

        if (parsed.Infinity != 0)
        {
            return Append(parsed.Infinity > 0 ? long.MaxValue : long.MinValue, into);
        }

        if (parsed.Days is not { } days)
        {
            return "a time of day where a timestamp is expected";
        }

        var offset = parsed.OffsetSeconds ?? 0;
        if (target == CellKind.Timestamp && offset != 0)
        {
            return "has a zone offset, which a timestamp without a zone can't hold";
        }

        if (days is < CivilCalendar.FirstDay or > CivilCalendar.LastTimestampDay)
        {
            return OutOfRange;
        }

        var value = (days * CivilCalendar.MicrosecondsPerDay) + (parsed.Time ?? 0) - (offset * MicrosecondsPerSecond);
        return value is < CivilCalendar.FirstDay * CivilCalendar.MicrosecondsPerDay or >= (CivilCalendar.LastTimestampDay + 1) * CivilCalendar.MicrosecondsPerDay
            ? OutOfRange
            : Append(value, into);
    }
}
