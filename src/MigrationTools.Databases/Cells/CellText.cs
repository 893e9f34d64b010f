using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Cells;

/// <summary>
/// Writes cells as text in the form that PostgreSQL reads back exactly (DateStyle ISO, IntervalStyle iso_8601, shortest
/// floating point), in UTF-8, into one buffer that is used again. An instant ends in Z. Not thread-safe.
/// </summary>
internal sealed class CellText
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const int JulianDayOf2000 = 2_451_545;

    private byte[] _bytes = new byte[64];
    private int _length;

    /// <summary>What was formatted last; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public override string ToString() => Encoding.UTF8.GetString(Written);

    /// <summary>The text of a cell, of any kind but Null and Opaque.</summary>
    public ReadOnlySpan<byte> Format(CellKind kind, ReadOnlySpan<byte> cell)
    {
        _length = 0;
        switch (kind)
        {
            case CellKind.Boolean:
                Append(cell[0] == 0 ? "false"u8 : "true"u8);
                break;
            case CellKind.Int64:
                AppendNumber(BinaryPrimitives.ReadInt64LittleEndian(cell));
                break;
            case CellKind.Float64:
                AppendFloat(BinaryPrimitives.ReadDoubleLittleEndian(cell));
                break;
            case CellKind.Float32:
                AppendFloat(BinaryPrimitives.ReadSingleLittleEndian(cell));
                break;
            case CellKind.Decimal:
                AppendDecimal(cell);
                break;
            case CellKind.Text or CellKind.Json:
                Append(cell);
                break;
            case CellKind.Blob:
                AppendHexadecimal(cell);
                break;
            case CellKind.Date:
                AppendDay(BinaryPrimitives.ReadInt32LittleEndian(cell));
                break;
            case CellKind.Time:
                AppendTime(BinaryPrimitives.ReadInt64LittleEndian(cell));
                break;
            case CellKind.Timestamp or CellKind.TimestampTz:
                AppendMoment(BinaryPrimitives.ReadInt64LittleEndian(cell), kind == CellKind.TimestampTz ? "Z"u8 : default);
                break;
            case CellKind.Interval:
                AppendInterval(cell);
                break;
            case CellKind.Uuid:
                AppendUuid(cell);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "A cell of this kind has no text here.");
        }

        return Written;
    }

    private void AppendDecimal(ReadOnlySpan<byte> wire)
    {
        switch (DecimalWire.Sign(wire))
        {
            case DecimalWire.NotANumber:
                Append("NaN"u8);
                return;
            case DecimalWire.PositiveInfinity:
                Append("Infinity"u8);
                return;
            case DecimalWire.NegativeInfinity:
                Append("-Infinity"u8);
                return;
            case DecimalWire.Negative:
                Append("-"u8);
                break;
        }

        var weight = DecimalWire.Weight(wire);
        if (weight < 0)
        {
            Append("0"u8);
        }

        for (var place = 0; place <= weight; place++)
        {
            AppendPadded(DecimalWire.DigitOrZero(wire, place), place == 0 ? 1 : 4);
        }

        var scale = DecimalWire.Scale(wire);
        if (scale == 0)
        {
            return;
        }

        Append("."u8);
        var end = _length + scale;
        for (var place = weight + 1; _length < end; place++)
        {
            AppendPadded(place < 0 ? 0 : DecimalWire.DigitOrZero(wire, place), 4);
        }

        _length = end;
    }

    private void AppendDay(int days)
    {
        switch (days)
        {
            case int.MaxValue:
                Append("infinity"u8);
                return;
            case int.MinValue:
                Append("-infinity"u8);
                return;
        }

        if (AppendCalendar(days))
        {
            Append(" BC"u8);
        }
    }

    private void AppendMoment(long microseconds, ReadOnlySpan<byte> zone)
    {
        switch (microseconds)
        {
            case long.MaxValue:
                Append("infinity"u8);
                return;
            case long.MinValue:
                Append("-infinity"u8);
                return;
        }

        var day = Math.DivRem(microseconds, MicrosecondsPerDay, out var time);
        if (time < 0)
        {
            time += MicrosecondsPerDay;
            day--;
        }

        var beforeChrist = AppendCalendar((int)day);
        Append(" "u8);
        AppendTime(time);
        Append(zone);
        if (beforeChrist)
        {
            Append(" BC"u8);
        }
    }

    /// <summary>PostgreSQL's j2date (datetime.c): the proleptic Gregorian calendar over its whole range.</summary>
    /// <returns>Whether the year is before Christ.</returns>
    private bool AppendCalendar(int daysSince2000)
    {
        var julian = unchecked((uint)(daysSince2000 + JulianDayOf2000) + 32044);
        var quad = julian / 146097;
        var extra = ((julian - (quad * 146097)) * 4) + 3;
        julian += 60 + (quad * 3) + (extra / 146097);
        quad = julian / 1461;
        julian -= quad * 1461;
        var year = (int)(julian * 4 / 1461);
        julian = year != 0 ? (julian + 305) % 365 : (julian + 306) % 366;
        julian += 123;
        year += (int)(quad * 4) - 4800;
        quad = julian * 2141 / 65536;
        var day = (int)(julian - (7834 * quad / 256));
        var month = (int)(((quad + 10) % 12) + 1);

        AppendPadded(year > 0 ? year : 1 - year, 4);
        Append("-"u8);
        AppendPadded(month, 2);
        Append("-"u8);
        AppendPadded(day, 2);
        return year <= 0;
    }

    private void AppendTime(long microseconds)
    {
        AppendPadded((int)(microseconds / 3_600_000_000), 2);
        Append(":"u8);
        AppendPadded((int)(microseconds / 60_000_000 % 60), 2);
        Append(":"u8);
        AppendPadded((int)(microseconds / 1_000_000 % 60), 2);
        AppendFraction((int)(microseconds % 1_000_000));
    }

    private void AppendFraction(int microseconds)
    {
        if (microseconds == 0)
        {
            return;
        }

        Append("."u8);
        AppendPadded(microseconds, 6);
        while (_bytes[_length - 1] == '0')
        {
            _length--;
        }
    }

    // PostgreSQL's IntervalStyle iso_8601: every field carries its own sign.
    private void AppendInterval(ReadOnlySpan<byte> cell)
    {
        var time = BinaryPrimitives.ReadInt64LittleEndian(cell);
        var days = BinaryPrimitives.ReadInt32LittleEndian(cell[8..]);
        var months = BinaryPrimitives.ReadInt32LittleEndian(cell[12..]);
        if (time == 0 && days == 0 && months == 0)
        {
            Append("PT0S"u8);
            return;
        }

        Append("P"u8);
        AppendField(months / 12, "Y"u8);
        AppendField(months % 12, "M"u8);
        AppendField(days, "D"u8);
        if (time == 0)
        {
            return;
        }

        Append("T"u8);
        AppendField(time / 3_600_000_000, "H"u8);
        AppendField(time / 60_000_000 % 60, "M"u8);
        var rest = time % 60_000_000;
        if (rest != 0)
        {
            if (rest < 0)
            {
                Append("-"u8);
            }

            AppendNumber(Math.Abs(rest / 1_000_000));
            AppendFraction((int)Math.Abs(rest % 1_000_000));
            Append("S"u8);
        }
    }

    private void AppendField(long value, ReadOnlySpan<byte> unit)
    {
        if (value != 0)
        {
            AppendNumber(value);
            Append(unit);
        }
    }

    private void AppendUuid(ReadOnlySpan<byte> cell)
    {
        for (var index = 0; index < 16; index++)
        {
            if (index is 4 or 6 or 8 or 10)
            {
                Append("-"u8);
            }

            AppendHexadecimalDigits(cell[index]);
        }
    }

    private void AppendHexadecimal(ReadOnlySpan<byte> cell)
    {
        Append("\\x"u8);
        foreach (var value in cell)
        {
            AppendHexadecimalDigits(value);
        }
    }

    private void AppendHexadecimalDigits(byte value)
    {
        var room = Room(2);
        room[0] = "0123456789abcdef"u8[value >> 4];
        room[1] = "0123456789abcdef"u8[value & 15];
        _length += 2;
    }

    private void AppendFloat(double value)
    {
        if (AppendedSpecial(value))
        {
            return;
        }

        _ = Utf8Formatter.TryFormat(value, Room(32), out var written);
        _length += written;
    }

    private void AppendFloat(float value)
    {
        if (AppendedSpecial(value))
        {
            return;
        }

        _ = Utf8Formatter.TryFormat(value, Room(32), out var written);
        _length += written;
    }

    private bool AppendedSpecial(double value)
    {
        if (double.IsFinite(value))
        {
            return false;
        }

        Append(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        return true;
    }

    private void AppendNumber(long value)
    {
        _ = Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    private void AppendPadded(int value, int digits)
    {
        _ = Utf8Formatter.TryFormat(value, Room(12), out var written, new System.Buffers.StandardFormat('D', (byte)digits));
        _length += written;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }
}
