using System.Text.Unicode;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To a column in which each value brings its own type: anything as it is, within what the engine can hold at all.</summary>
internal sealed class DynamicConverter(TextContent content) : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        if (kind == CellKind.Text && content == TextContent.Utf8WithoutNul)
        {
            if (!Utf8.IsValid(bytes))
            {
                return Refusals.NotUtf8;
            }

            if (bytes.Contains((byte)0))
            {
                return Refusals.NulCharacter;
            }
        }

        into.Append(kind, bytes);
        return null;
    }
}
