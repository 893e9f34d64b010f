using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To singles: doubles only where they are exactly one, decimals and text where the single's shortest text is the same number.</summary>
internal sealed class Float32Converter : CellConverter
{
    private const string Inexact = "a number that a single-precision float can't hold exactly";

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Float32:
                return Append(BinaryPrimitives.ReadSingleLittleEndian(bytes), into);
            case CellKind.Float64:
                var wide = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
                return double.IsNaN(wide) || (float)wide == wide ? Append((float)wide, into) : Inexact;
            case CellKind.Boolean:
                return Append(bytes[0], into);
            case CellKind.Int64:
                var integer = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                return DecimalFloat.IsInt64((float)integer) && (long)(float)integer == integer ? Append(integer, into) : Inexact;
            case CellKind.Decimal:
                return AppendDecimal(bytes, into);
            case CellKind.Text:
                using (var scratch = new Scratch(stackalloc byte[Scratch.StackLength], DecimalText.MaxWireLength(bytes.Length)))
                {
                    return DecimalText.TryParse(bytes, scratch.Bytes, out var length) ? AppendDecimal(scratch.Bytes[..length], into) : Refusals.NotANumber;
                }

            default:
                return Refusals.Kind(kind, "a number");
        }
    }

    private static string? AppendDecimal(ReadOnlySpan<byte> wire, RowBatch into) =>
        DecimalFloat.TryToFloat32(wire, out var value) ? Append(value, into) : Inexact;

    private static string? Append(float value, RowBatch into)
    {
        into.AppendFloat32(value);
        return null;
    }
}
