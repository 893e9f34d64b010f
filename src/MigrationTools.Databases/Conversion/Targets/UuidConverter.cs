using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To uuids: 16 bytes of a blob, or hexadecimal text in any case, with the four hyphens or without, braces allowed.</summary>
internal sealed class UuidConverter : CellConverter
{
    private const int Length = 16;

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Uuid:
                into.Append(kind, bytes);
                return null;
            case CellKind.Blob when bytes.Length == Length:
                into.Append(CellKind.Uuid, bytes);
                return null;
            case CellKind.Blob:
                return "a blob that is not 16 bytes long";
            case CellKind.Text:
                Span<byte> value = stackalloc byte[Length];
                if (!TryParse(bytes, value))
                {
                    return "text that is not a uuid";
                }

                into.Append(CellKind.Uuid, value);
                return null;
            default:
                return Refusals.Kind(kind, "a uuid");
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> text, Span<byte> value)
    {
        if (text.Length > 2 && text[0] == '{' && text[^1] == '}')
        {
            text = text[1..^1];
        }

        if (text.Length is not (32 or 36))
        {
            return false;
        }

        var hyphens = text.Length == 36;
        for (int index = 0, position = 0; index < Length; index++, position += 2)
        {
            if (hyphens && index is 4 or 6 or 8 or 10)
            {
                if (text[position] != '-')
                {
                    return false;
                }

                position++;
            }

            var (high, low) = (HexValue(text[position]), HexValue(text[position + 1]));
            if (high < 0 || low < 0)
            {
                return false;
            }

            value[index] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
