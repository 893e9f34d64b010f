using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To integers of 16, 32 or 64 bits: whole numbers within the range, of whatever kind.</summary>
internal sealed class IntegerConverter(long min, long max) : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Int64:
                return Append(BinaryPrimitives.ReadInt64LittleEndian(bytes), into);
            case CellKind.Boolean:
                return Append(bytes[0], into);
            case CellKind.Float64:
                return AppendFloat(BinaryPrimitives.ReadDoubleLittleEndian(bytes), into);
            case CellKind.Float32:
                return AppendFloat(BinaryPrimitives.ReadSingleLittleEndian(bytes), into);
            case CellKind.Decimal:
                return AppendDecimal(bytes, into);
            case CellKind.Text:
                return AppendText(bytes, into);
            default:
                return Refusals.Kind(kind, "a whole number");
        }
    }

    private string? Append(long value, RowBatch into)
    {
        if (value < min || value > max)
        {
            return OutOfRange();
        }

        into.AppendInt64(value);
        return null;
    }

    private string? AppendFloat(double value, RowBatch into)
    {
        if (DecimalFloat.IsInt64(value))
        {
            return Append((long)value, into);
        }

        return double.IsFinite(value) && Math.Floor(value) == value ? OutOfRange() : Refusals.NotWhole;
    }

    private string? AppendDecimal(ReadOnlySpan<byte> wire, RowBatch into)
    {
        if (DecimalWire.TryToInt64(wire, out var value))
        {
            return Append(value, into);
        }

        return DecimalWire.IsFinite(wire) && DecimalWire.TrailingExponent(wire) >= 0 ? OutOfRange() : Refusals.NotWhole;
    }

    private string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        if (Utf8Parser.TryParse(text, out long value, out var consumed) && consumed == text.Length)
        {
            return Append(value, into);
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], DecimalText.MaxWireLength(text.Length));
        return DecimalText.TryParse(text, scratch.Bytes, out var length) ? AppendDecimal(scratch.Bytes[..length], into) : Refusals.NotANumber;
    }

    private string OutOfRange() => string.Create(CultureInfo.InvariantCulture, $"outside of {min} to {max}");
}
