using System.Buffers.Binary;
using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>
/// To decimals, with the target's precision and scale: digits beyond the scale that are not zero are refused, where
/// PostgreSQL would round.
/// </summary>
internal sealed class DecimalConverter(LogicalType to) : CellConverter
{
    private readonly int? _precision = to.Precision;
    private readonly int _scale = to.Scale ?? 0;

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        Span<byte> wire = stackalloc byte[DecimalFloat.MaxWireLength];
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Decimal:
                return Append(bytes, into);
            case CellKind.Int64:
                return Append(wire[..DecimalWire.FromInt64(BinaryPrimitives.ReadInt64LittleEndian(bytes), wire)], into);
            case CellKind.Float64:
                return Append(wire[..DecimalFloat.FromFloat64(BinaryPrimitives.ReadDoubleLittleEndian(bytes), wire)], into);
            case CellKind.Float32:
                return Append(wire[..DecimalFloat.FromFloat32(BinaryPrimitives.ReadSingleLittleEndian(bytes), wire)], into);
            case CellKind.Boolean:
                return Append(wire[..DecimalWire.FromInt64(bytes[0], wire)], into);
            case CellKind.Text:
                return AppendText(bytes, into);
            default:
                return Refusals.Kind(kind, "a number");
        }
    }

    private string? AppendText(ReadOnlySpan<byte> text, RowBatch into)
    {
        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], DecimalText.MaxWireLength(text.Length));
        return DecimalText.TryParse(text, scratch.Bytes, out var length) ? Append(scratch.Bytes[..length], into) : Refusals.NotANumber;
    }

    private string? Append(ReadOnlySpan<byte> wire, RowBatch into)
    {
        if (_precision is not null && Refuse(wire, _precision.Value) is { } reason)
        {
            return reason;
        }

        into.Append(CellKind.Decimal, wire);
        return null;
    }

    private string? Refuse(ReadOnlySpan<byte> wire, int precision)
    {
        if (!DecimalWire.IsFinite(wire))
        {
            return DecimalWire.IsNaN(wire) ? null : "infinity, which a decimal with a precision can't hold";
        }

        var digits = -DecimalWire.TrailingExponent(wire);
        if (digits > _scale)
        {
            return string.Create(CultureInfo.InvariantCulture, $"more than {_scale} digits after the point ({digits})");
        }

        var integers = DecimalWire.LeadingExponent(wire);
        return integers >= precision - _scale
            ? string.Create(CultureInfo.InvariantCulture, $"more than {precision - _scale} digits before the point ({integers + 1})")
            : null;
    }
}
