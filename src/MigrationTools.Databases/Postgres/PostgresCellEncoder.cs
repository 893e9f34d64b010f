using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Turns cells into fields of binary COPY, each with its length before it.</summary>
internal static class PostgresCellEncoder
{
    /// <summary>The field does not fit the room that is left.</summary>
    public const int NoRoom = -1;

    private const int LengthBytes = 4;
    private const int LargestFixedField = LengthBytes + 16;

    /// <param name="room">Where the field goes.</param>
    /// <param name="wire">The column's form.</param>
    /// <param name="kind">The cell's kind.</param>
    /// <param name="cell">The cell's bytes.</param>
    /// <param name="refusal">Why the column can't hold the value; null where it can.</param>
    /// <returns>Bytes written, or <see cref="NoRoom"/>.</returns>
    public static int Encode(Span<byte> room, PostgresWire wire, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        if (room.Length < LargestFixedField)
        {
            return NoRoom;
        }

        return (wire, kind) switch
        {
            (_, CellKind.Null) => Null(room),
            (PostgresWire.Int8, CellKind.Int64) => Int8(room, Int64Of(cell)),
            (PostgresWire.Int4, CellKind.Int64) => Int4(room, Int64Of(cell), out refusal),
            (PostgresWire.Int2, CellKind.Int64) => Int2(room, Int64Of(cell), out refusal),
            (PostgresWire.UInt4, CellKind.Int64) => UInt4(room, Int64Of(cell), out refusal),
            (PostgresWire.Float8, CellKind.Float64) => Float8(room, BinaryPrimitives.ReadDoubleLittleEndian(cell)),
            (PostgresWire.Float8, CellKind.Float32) => Float8(room, BinaryPrimitives.ReadSingleLittleEndian(cell)),
            (PostgresWire.Float4, CellKind.Float32) => Float4(room, BinaryPrimitives.ReadSingleLittleEndian(cell)),
            (PostgresWire.Float4, CellKind.Float64) => Float4(room, BinaryPrimitives.ReadDoubleLittleEndian(cell), out refusal),
            (PostgresWire.Numeric, CellKind.Decimal) => Bytes(room, cell),
            (PostgresWire.Numeric, CellKind.Int64) => Numeric(room, Int64Of(cell)),
            (PostgresWire.Bool, CellKind.Boolean) => Bytes(room, cell),
            (PostgresWire.Text, CellKind.Text or CellKind.Json) => Bytes(room, cell),
            (PostgresWire.Json, CellKind.Json or CellKind.Text) => Bytes(room, cell),
            (PostgresWire.Jsonb, CellKind.Json or CellKind.Text) => Jsonb(room, cell),
            (PostgresWire.SingleByte, CellKind.Text) => SingleByte(room, cell, out refusal),
            (PostgresWire.Bytea, CellKind.Blob) => Bytes(room, cell),
            (PostgresWire.Uuid, CellKind.Uuid) => Bytes(room, cell),
            (PostgresWire.Date, CellKind.Date) => Date(room, cell),
            (PostgresWire.Time, CellKind.Time) => Int8(room, Int64Of(cell)),
            (PostgresWire.Timestamp, CellKind.Timestamp) => Int8(room, Int64Of(cell)),
            (PostgresWire.TimestampTz, CellKind.TimestampTz) => Int8(room, Int64Of(cell)),
            (PostgresWire.Interval, CellKind.Interval) => Interval(room, cell),
            (PostgresWire.Opaque, CellKind.Opaque) => Bytes(room, cell),
            _ => Mismatch(wire, kind, out refusal),
        };
    }

    /// <summary>Whether a field's bytes are the cell's own, behind a prefix: such a field can be sent in pieces.</summary>
    public static bool PassesThrough(PostgresWire wire, CellKind kind) => (wire, kind) is
        (PostgresWire.Text or PostgresWire.Json or PostgresWire.Jsonb, CellKind.Text or CellKind.Json)
        or (PostgresWire.Bytea, CellKind.Blob) or (PostgresWire.Opaque, CellKind.Opaque) or (PostgresWire.Numeric, CellKind.Decimal);

    /// <summary>The length and what else stands before the bytes of a field that passes through.</summary>
    public static int Prefix(Span<byte> room, PostgresWire wire, int cellLength)
    {
        var extra = wire == PostgresWire.Jsonb ? 1 : 0;
        BinaryPrimitives.WriteInt32BigEndian(room, cellLength + extra);
        if (extra == 1)
        {
            room[LengthBytes] = JsonbVersion;
        }

        return LengthBytes + extra;
    }

    private const byte JsonbVersion = 1;

    private static long Int64Of(ReadOnlySpan<byte> cell) => BinaryPrimitives.ReadInt64LittleEndian(cell);

    private static int Null(Span<byte> room)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, -1);
        return LengthBytes;
    }

    private static int Int8(Span<byte> room, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[LengthBytes..], value);
        return LengthBytes + 8;
    }

    private static int Int4(Span<byte> room, long value, out string? refusal)
    {
        refusal = value is < int.MinValue or > int.MaxValue ? OutOfRange(value, "integer (4 bytes)") : null;
        BinaryPrimitives.WriteInt32BigEndian(room, 4);
        BinaryPrimitives.WriteInt32BigEndian(room[LengthBytes..], unchecked((int)value));
        return LengthBytes + 4;
    }

    private static int Int2(Span<byte> room, long value, out string? refusal)
    {
        refusal = value is < short.MinValue or > short.MaxValue ? OutOfRange(value, "smallint (2 bytes)") : null;
        BinaryPrimitives.WriteInt32BigEndian(room, 2);
        BinaryPrimitives.WriteInt16BigEndian(room[LengthBytes..], unchecked((short)value));
        return LengthBytes + 2;
    }

    private static int UInt4(Span<byte> room, long value, out string? refusal)
    {
        refusal = value is < 0 or > uint.MaxValue ? OutOfRange(value, "4 bytes without sign") : null;
        BinaryPrimitives.WriteInt32BigEndian(room, 4);
        BinaryPrimitives.WriteUInt32BigEndian(room[LengthBytes..], unchecked((uint)value));
        return LengthBytes + 4;
    }

    private static int Float8(Span<byte> room, double value)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteDoubleBigEndian(room[LengthBytes..], value);
        return LengthBytes + 8;
    }

    private static int Float4(Span<byte> room, double value, out string? refusal)
    {
        var narrow = (float)value;
        refusal = narrow == value || double.IsNaN(value)
            ? null
            : $"{value.ToString("R", CultureInfo.InvariantCulture)} can't be kept exactly in a 4-byte float. Declare the column double precision.";
        return Float4(room, narrow);
    }

    private static int Float4(Span<byte> room, float value)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, 4);
        BinaryPrimitives.WriteSingleBigEndian(room[LengthBytes..], value);
        return LengthBytes + 4;
    }

    private static int Date(Span<byte> room, ReadOnlySpan<byte> cell)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, 4);
        BinaryPrimitives.WriteInt32BigEndian(room[LengthBytes..], BinaryPrimitives.ReadInt32LittleEndian(cell));
        return LengthBytes + 4;
    }

    private static int Interval(Span<byte> room, ReadOnlySpan<byte> cell)
    {
        BinaryPrimitives.WriteInt32BigEndian(room, 16);
        BinaryPrimitives.WriteInt64BigEndian(room[LengthBytes..], Int64Of(cell));
        BinaryPrimitives.WriteInt32BigEndian(room[(LengthBytes + 8)..], BinaryPrimitives.ReadInt32LittleEndian(cell[8..]));
        BinaryPrimitives.WriteInt32BigEndian(room[(LengthBytes + 12)..], BinaryPrimitives.ReadInt32LittleEndian(cell[12..]));
        return LengthBytes + 16;
    }

    private static int Bytes(Span<byte> room, ReadOnlySpan<byte> cell)
    {
        if (room.Length < LengthBytes + cell.Length)
        {
            return NoRoom;
        }

        BinaryPrimitives.WriteInt32BigEndian(room, cell.Length);
        cell.CopyTo(room[LengthBytes..]);
        return LengthBytes + cell.Length;
    }

    private static int Jsonb(Span<byte> room, ReadOnlySpan<byte> cell)
    {
        if (room.Length < LengthBytes + 1 + cell.Length)
        {
            return NoRoom;
        }

        var prefix = Prefix(room, PostgresWire.Jsonb, cell.Length);
        cell.CopyTo(room[prefix..]);
        return prefix + cell.Length;
    }

    private static int Numeric(Span<byte> room, long value)
    {
        Span<byte> wire = stackalloc byte[DecimalWire.MaxInt64Length];
        return Bytes(room, wire[..DecimalWire.FromInt64(value, wire)]);
    }

    // The reader's form of it: nothing for zero, \ooo for a byte that is not ASCII.
    private static int SingleByte(Span<byte> room, ReadOnlySpan<byte> cell, out string? refusal)
    {
        var isOctal = cell.Length == 4 && cell[0] == '\\' && cell[1] is >= (byte)'2' and <= (byte)'3' && IsOctalDigit(cell[2]) && IsOctalDigit(cell[3]);
        refusal = cell.Length <= 1 || isOctal ? null : $"'{Encoding.UTF8.GetString(cell)}' is longer than the one byte of \"char\".";
        BinaryPrimitives.WriteInt32BigEndian(room, 1);
        room[LengthBytes] = isOctal ? (byte)(((cell[1] - '0') * 64) + ((cell[2] - '0') * 8) + (cell[3] - '0')) : cell.IsEmpty ? (byte)0 : cell[0];
        return LengthBytes + 1;
    }

    private static bool IsOctalDigit(byte character) => character is >= (byte)'0' and <= (byte)'7';

    private static int Mismatch(PostgresWire wire, CellKind kind, out string? refusal)
    {
        refusal = wire == PostgresWire.ObjectName
            ? "a column that names an object of the server (regclass and its like) can't be written in bulk. Declare it text and cast it afterwards."
            : $"a value of kind {kind} can't be sent as {wire}. Convert it to the column's type first.";
        return 0;
    }

    private static string OutOfRange(long value, string type) =>
        $"{value.ToString(CultureInfo.InvariantCulture)} is out of the range of {type}. Declare the column bigint.";
}
