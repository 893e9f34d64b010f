using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To times of day without a zone.</summary>
internal sealed class TimeConverter(int? precision) : CellConverter
{
    private readonly SecondPrecision _precision = new(precision);

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Time:
                return Append(BinaryPrimitives.ReadInt64LittleEndian(bytes), into);
            case CellKind.Text:
                var reason = TimestampParser.Parse(bytes, out var parsed);
                if (reason is not null)
                {
                    return reason;
                }

                return parsed is { Days: null, OffsetSeconds: null, Time: { } time } ? Append(time, into) : "a date or a zone where only a time of day is expected";
            case CellKind.Int64 or CellKind.Float64 or CellKind.Float32 or CellKind.Decimal:
                return Refusals.NumberAsTime;
            default:
                return Refusals.Kind(kind, "a time of day");
        }
    }

    private string? Append(long microseconds, RowBatch into)
    {
        if (_precision.Refuse(microseconds) is { } reason)
        {
            return reason;
        }

        into.AppendMicroseconds(CellKind.Time, microseconds);
        return null;
    }
}
