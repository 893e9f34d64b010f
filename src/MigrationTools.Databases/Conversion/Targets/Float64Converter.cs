using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To doubles: numbers that a double is exactly, or whose shortest or 17-digit text it reads back.</summary>
internal sealed class Float64Converter : CellConverter
{
    private const string Inexact = "a number that a double can't hold exactly";

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Float64:
                return Append(BinaryPrimitives.ReadDoubleLittleEndian(bytes), into);
            case CellKind.Float32:
                return Append(BinaryPrimitives.ReadSingleLittleEndian(bytes), into);
            case CellKind.Boolean:
                return Append(bytes[0], into);
            case CellKind.Int64:
                var integer = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                return DecimalFloat.IsInt64(integer) && (long)(double)integer == integer ? Append(integer, into) : Inexact;
            case CellKind.Decimal:
                return DecimalFloat.TryToFloat64(bytes, out var value) ? Append(value, into) : Inexact;
            case CellKind.Text:
                return AppendText(bytes, into);
            default:
                return Refusals.Kind(kind, "a number");
        }
    }

    private static string? Append(double value, RowBatch into)
    {
        into.AppendFloat64(value);
        return null;
    }

    /// <summary>Text with 17 digits is what C's %.17g makes of a double; it stands for that double though it is not the shortest.</summary>
    private static string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], DecimalText.MaxWireLength(text.Length));
        if (!DecimalText.TryParse(text, scratch.Bytes, out var length))
        {
            return Refusals.NotANumber;
        }

        var wire = scratch.Bytes[..length];
        if (DecimalFloat.TryToFloat64(wire, out var value))
        {
            // The wire form has no −0; the text has.
            return Append(value == 0 && text[0] == '-' ? -0.0 : value, into);
        }

        Span<byte> full = stackalloc byte[DecimalFloat.MaxWireLength];
        var digits = Encoding.ASCII.GetBytes(value.ToString("E16", CultureInfo.InvariantCulture));
        return DecimalText.TryParse(digits, full, out var fullLength) && DecimalWire.ValueEquals(wire, full[..fullLength])
            ? Append(value, into)
            : Inexact;
    }
}
