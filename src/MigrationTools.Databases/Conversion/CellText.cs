using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// The text of a cell: what a column of text holds in its stead, and what people read. Booleans are true and false,
/// numbers, dates and intervals as PostgreSQL writes them (instants in UTC), uuids in lower case with hyphens, bytes as <c>\x00ff</c>.
/// </summary>
public static class CellText
{
    private const int SmallLength = 96;

    /// <summary>Room for the text of a cell, in bytes.</summary>
    public static int MaxLength(CellKind kind, ReadOnlySpan<byte> bytes) => kind switch
    {
        CellKind.Text or CellKind.Json => bytes.Length,
        CellKind.Decimal => DecimalText.MaxTextLength(bytes),
        CellKind.Blob or CellKind.Opaque => checked((bytes.Length * 2) + 2),
        _ => SmallLength,
    };

    /// <summary>Writes the text of a cell that is not NULL as UTF-8; answers the bytes written.</summary>
    public static int Format(CellKind kind, ReadOnlySpan<byte> bytes, Span<byte> text) => kind switch
    {
        CellKind.Boolean => Copy(bytes[0] == 0 ? "false"u8 : "true"u8, text),
        CellKind.Int64 => FormatInt64(BinaryPrimitives.ReadInt64LittleEndian(bytes), text),
        CellKind.Float64 => FormatFloat64(BinaryPrimitives.ReadDoubleLittleEndian(bytes), text),
        CellKind.Float32 => FormatFloat32(BinaryPrimitives.ReadSingleLittleEndian(bytes), text),
        CellKind.Decimal => DecimalText.Format(bytes, text),
        CellKind.Text or CellKind.Json => Copy(bytes, text),
        CellKind.Blob or CellKind.Opaque => FormatHex(bytes, text),
        CellKind.Date => TimestampText.FormatDate(BinaryPrimitives.ReadInt32LittleEndian(bytes), text),
        CellKind.Time => TimestampText.FormatTime(BinaryPrimitives.ReadInt64LittleEndian(bytes), text),
        CellKind.Timestamp => TimestampText.FormatTimestamp(BinaryPrimitives.ReadInt64LittleEndian(bytes), text),
        CellKind.TimestampTz => TimestampText.FormatTimestampTz(BinaryPrimitives.ReadInt64LittleEndian(bytes), text),
        CellKind.Interval => IntervalText.Format(bytes, text),
        CellKind.Uuid => FormatUuid(bytes, text),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No text for this kind."),
    };

    /// <summary>The text of a cell as a string; null for NULL. Bytes that are not UTF-8 show as U+FFFD.</summary>
    public static string? ToString(CellKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind == CellKind.Null)
        {
            return null;
        }

        if (kind is CellKind.Text or CellKind.Json)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], MaxLength(kind, bytes));
        return Encoding.UTF8.GetString(scratch.Bytes[..Format(kind, bytes, scratch.Bytes)]);
    }

    private static int FormatInt64(long value, Span<byte> text)
    {
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>The shortest text that reads back as the same double; its exponent with a small e, as PostgreSQL writes it.</summary>
    private static int FormatFloat64(double value, Span<byte> text)
    {
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return LowerExponent(text, length, double.IsFinite(value));
    }

    private static int FormatFloat32(float value, Span<byte> text)
    {
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return LowerExponent(text, length, float.IsFinite(value));
    }

    private static int LowerExponent(Span<byte> text, int length, bool finite)
    {
        if (finite && text[..length].IndexOf((byte)'E') is var exponent && exponent >= 0)
        {
            text[exponent] = (byte)'e';
        }

        return length;
    }

    private static int FormatHex(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var length = Copy("\\x"u8, text);
        foreach (var value in bytes)
        {
            text[length++] = HexDigit(value >> 4);
            text[length++] = HexDigit(value & 15);
        }

        return length;
    }

    private static int FormatUuid(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        var length = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (index is 4 or 6 or 8 or 10)
            {
                text[length++] = (byte)'-';
            }

            text[length++] = HexDigit(bytes[index] >> 4);
            text[length++] = HexDigit(bytes[index] & 15);
        }

        return length;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private static int Copy(ReadOnlySpan<byte> value, Span<byte> text)
    {
        value.CopyTo(text);
        return value.Length;
    }
}
