using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>One cell outside a batch, with a text that a failing test can show.</summary>
public sealed record Cell(CellKind Kind, string Hex)
{
    public static Cell Null { get; } = new(CellKind.Null, string.Empty);

    public byte[] Bytes => Convert.FromHexString(Hex);

    public static Cell Of(CellKind kind, ReadOnlySpan<byte> bytes) => new(kind, Convert.ToHexString(bytes));

    public static Cell Text(string text) => Of(CellKind.Text, Encoding.UTF8.GetBytes(text));

    public static Cell Json(string text) => Of(CellKind.Json, Encoding.UTF8.GetBytes(text));

    public static Cell Blob(params byte[] bytes) => Of(CellKind.Blob, bytes);

    public static Cell Boolean(bool value) => Of(CellKind.Boolean, [value ? (byte)1 : (byte)0]);

    public static Cell Int64(long value) => Eight(CellKind.Int64, value);

    public static Cell Float64(double value) => Eight(CellKind.Float64, BitConverter.DoubleToInt64Bits(value));

    public static Cell Float32(float value) => Four(CellKind.Float32, BitConverter.SingleToInt32Bits(value));

    public static Cell Date(int days) => Four(CellKind.Date, days);

    public static Cell Time(long microseconds) => Eight(CellKind.Time, microseconds);

    public static Cell Timestamp(long microseconds) => Eight(CellKind.Timestamp, microseconds);

    public static Cell TimestampTz(long microseconds) => Eight(CellKind.TimestampTz, microseconds);

    public static Cell Uuid(string uuid) => Of(CellKind.Uuid, Guid.Parse(uuid).ToByteArray(bigEndian: true));

    public static Cell Interval(int months, int days, long microseconds)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, microseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), days);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), months);
        return Of(CellKind.Interval, bytes);
    }

    /// <summary>PostgreSQL's wire form of a decimal, worked out here from its text so that the product's own code is not its judge.</summary>
    public static Cell Decimal(string text)
    {
        var special = text switch { "NaN" => 0xC000, "Infinity" => 0xD000, "-Infinity" => 0xF000, _ => -1 };
        if (special >= 0)
        {
            return Of(CellKind.Decimal, [0, 0, 0, 0, (byte)(special >> 8), 0, 0, special == 0xC000 ? (byte)0 : (byte)0x20]);
        }

        var negative = text.StartsWith('-');
        var parts = text.TrimStart('-').Split('.');
        var scale = parts.Length > 1 ? parts[1].Length : 0;
        var whole = parts[0].PadLeft((parts[0].Length + 3) / 4 * 4, '0');
        var fraction = parts.Length > 1 ? parts[1].PadRight((scale + 3) / 4 * 4, '0') : string.Empty;
        var digits = (whole + fraction).Chunk(4).Select(chunk => short.Parse(chunk, CultureInfo.InvariantCulture)).ToList();
        var weight = (whole.Length / 4) - 1;
        while (digits.Count > 0 && digits[0] == 0)
        {
            digits.RemoveAt(0);
            weight--;
        }

        while (digits.Count > 0 && digits[^1] == 0)
        {
            digits.RemoveAt(digits.Count - 1);
        }

        var bytes = new List<byte>();
        foreach (var number in new[] { (short)digits.Count, (short)(digits.Count == 0 ? 0 : weight), (short)(negative && digits.Count > 0 ? 0x4000 : 0), (short)scale }.Concat(digits))
        {
            bytes.Add((byte)(number >> 8));
            bytes.Add((byte)number);
        }

        return Of(CellKind.Decimal, bytes.ToArray());
    }

    public override string ToString() => Kind is CellKind.Text or CellKind.Json ? $"{Kind} '{Encoding.UTF8.GetString(Bytes)}'"
        : Kind == CellKind.Int64 ? $"Int64 {BinaryPrimitives.ReadInt64LittleEndian(Bytes).ToString(CultureInfo.InvariantCulture)}"
        : Kind == CellKind.Float64 ? $"Float64 {BinaryPrimitives.ReadDoubleLittleEndian(Bytes).ToString("R", CultureInfo.InvariantCulture)}"
        : $"{Kind} {Hex}";

    private static Cell Eight(CellKind kind, long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Of(kind, bytes);
    }

    private static Cell Four(CellKind kind, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Of(kind, bytes);
    }
}
