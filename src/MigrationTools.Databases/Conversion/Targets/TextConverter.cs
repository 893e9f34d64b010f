using System.Globalization;
using System.Text.Unicode;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>
/// To text: every kind has one (<see cref="CellText"/>) but bytes that are not UTF-8 and types that only their server knows.
/// Length is in characters, which are code points. The blanks at the end of char(n) are padding: they are not carried into
/// text, and do not count against the length of another char(n).
/// </summary>
internal sealed class TextConverter(LogicalType from, LogicalType to, TextContent content) : CellConverter
{
    private readonly bool _toChar = to.Kind == LogicalKind.Char;
    private readonly bool _strip = from.Kind == LogicalKind.Char && to.Kind != LogicalKind.Char;
    private readonly int _limit = to.Length ?? int.MaxValue;

    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Text:
                return Append(_strip ? bytes.TrimEnd((byte)' ') : bytes, into);
            case CellKind.Json:
                return Append(bytes, into);
            case CellKind.Blob:
                return Utf8.IsValid(bytes) ? Append(bytes, into) : Refusals.NotUtf8;
            case CellKind.Opaque:
                return Refusals.Kind(kind, "text");
            default:
                using (var scratch = new Scratch(stackalloc byte[Scratch.StackLength], CellText.MaxLength(kind, bytes)))
                {
                    return Append(scratch.Bytes[..CellText.Format(kind, bytes, scratch.Bytes)], into);
                }
        }
    }

    private string? Append(ReadOnlySpan<byte> text, RowBatch into)
    {
        if (content == TextContent.Utf8WithoutNul)
        {
            if (!Utf8.IsValid(text))
            {
                return Refusals.NotUtf8;
            }

            if (text.Contains((byte)0))
            {
                return Refusals.NulCharacter;
            }
        }

        // No text has more characters than bytes.
        if (text.Length > _limit)
        {
            var length = CodePoints(text);
            if (length > _limit)
            {
                var bare = text.TrimEnd((byte)' ');
                var padding = text.Length - bare.Length;
                if (!_toChar || length - padding > _limit)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"longer than {_limit} characters ({(_toChar ? length - padding : length)})");
                }

                text = text[..^(length - _limit)];
            }
        }

        into.Append(CellKind.Text, text);
        return null;
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
        {
            count += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
