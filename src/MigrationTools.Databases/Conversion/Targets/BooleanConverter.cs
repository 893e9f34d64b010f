using System.Buffers.Binary;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To booleans: numbers that are 0 or 1, and the words that PostgreSQL's documentation ("Boolean Type") lists, whole.</summary>
internal sealed class BooleanConverter : CellConverter
{
    private const string NotZeroOrOne = "a number other than 0 and 1";

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Boolean:
                into.Append(kind, bytes);
                return null;
            case CellKind.Int64:
                return Append(BinaryPrimitives.ReadInt64LittleEndian(bytes), into);
            case CellKind.Float64:
                return BinaryPrimitives.ReadDoubleLittleEndian(bytes) is 0 or 1
                    ? Append((long)BinaryPrimitives.ReadDoubleLittleEndian(bytes), into)
                    : NotZeroOrOne;
            case CellKind.Float32:
                return BinaryPrimitives.ReadSingleLittleEndian(bytes) is 0 or 1
                    ? Append((long)BinaryPrimitives.ReadSingleLittleEndian(bytes), into)
                    : NotZeroOrOne;
            case CellKind.Decimal:
                return DecimalWire.TryToInt64(bytes, out var value) ? Append(value, into) : NotZeroOrOne;
            case CellKind.Text:
                return AppendWord(bytes, into);
            default:
                return Refusals.Kind(kind, "a boolean");
        }
    }

    private static string? Append(long value, RowBatch into)
    {
        if (value is not (0 or 1))
        {
            return NotZeroOrOne;
        }

        into.AppendBoolean(value == 1);
        return null;
    }

    private static string? AppendWord(ReadOnlySpan<byte> text, RowBatch into)
    {
        bool? value = text.Length > 5 ? null : Encoding.ASCII.GetString(text).ToLowerInvariant() switch
        {
            "true" or "t" or "yes" or "y" or "on" or "1" => true,
            "false" or "f" or "no" or "n" or "off" or "0" => false,
            _ => null,
        };
        if (value is null)
        {
            return "text that is not a boolean";
        }

        into.AppendBoolean(value.Value);
        return null;
    }
}
