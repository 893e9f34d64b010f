using System.Buffers.Binary;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Turns values of binary COPY into cells. All numbers of the wire are big-endian.</summary>
internal static class PostgresCellDecoder
{
    public static void Append(RowBatch batch, PostgresWire wire, ReadOnlySpan<byte> value)
    {
        switch (wire)
        {
            case PostgresWire.Int4:
                batch.AppendInt64(BinaryPrimitives.ReadInt32BigEndian(value));
                break;
            case PostgresWire.Int8:
                batch.AppendInt64(BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case PostgresWire.Int2:
                batch.AppendInt64(BinaryPrimitives.ReadInt16BigEndian(value));
                break;
            case PostgresWire.UInt4:
                batch.AppendInt64(BinaryPrimitives.ReadUInt32BigEndian(value));
                break;
            case PostgresWire.Text or PostgresWire.ObjectName:
                batch.Append(CellKind.Text, value);
                break;
            case PostgresWire.Bool:
                batch.AppendBoolean(value[0] != 0);
                break;
            case PostgresWire.Float8:
                batch.AppendFloat64(BinaryPrimitives.ReadDoubleBigEndian(value));
                break;
            case PostgresWire.Float4:
                batch.AppendFloat32(BinaryPrimitives.ReadSingleBigEndian(value));
                break;
            case PostgresWire.Numeric:
                batch.Append(CellKind.Decimal, value);
                break;
            case PostgresWire.Bytea:
                batch.Append(CellKind.Blob, value);
                break;
            case PostgresWire.Date:
                batch.AppendDate(BinaryPrimitives.ReadInt32BigEndian(value));
                break;
            case PostgresWire.Time:
                batch.AppendMicroseconds(CellKind.Time, BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case PostgresWire.Timestamp:
                batch.AppendMicroseconds(CellKind.Timestamp, BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case PostgresWire.TimestampTz:
                batch.AppendMicroseconds(CellKind.TimestampTz, BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case PostgresWire.Interval:
                WriteInterval(batch.Add(CellKind.Interval, 16), value);
                break;
            case PostgresWire.Uuid:
                batch.Append(CellKind.Uuid, value);
                break;
            case PostgresWire.Json:
                batch.Append(CellKind.Json, value);
                break;
            case PostgresWire.Jsonb:
                batch.Append(CellKind.Json, value[1..]);
                break;
            case PostgresWire.SingleByte:
                AppendSingleByte(batch, value[0]);
                break;
            default:
                batch.Append(CellKind.Opaque, value);
                break;
        }
    }

    /// <summary>An interval as its cell has it: 16 bytes.</summary>
    public static void WriteInterval(Span<byte> cell, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(cell, BinaryPrimitives.ReadInt64BigEndian(value));
        BinaryPrimitives.WriteInt32LittleEndian(cell[8..], BinaryPrimitives.ReadInt32BigEndian(value[8..]));
        BinaryPrimitives.WriteInt32LittleEndian(cell[12..], BinaryPrimitives.ReadInt32BigEndian(value[12..]));
    }

    // As charout writes it (char.c): nothing for zero, \ooo for a byte that is not ASCII.
    private static void AppendSingleByte(RowBatch batch, byte value)
    {
        switch (value)
        {
            case 0:
                batch.Append(CellKind.Text, default);
                break;
            case < 0x80:
                batch.Append(CellKind.Text, [value]);
                break;
            default:
                batch.Append(CellKind.Text, Encoding.ASCII.GetBytes("\\" + Convert.ToString(value, 8)));
                break;
        }
    }
}
