using System.Buffers.Binary;
using System.Text.Unicode;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To a column in which each value brings its own type: anything as it is, within what the engine can hold at all.</summary>
internal sealed class DynamicConverter(ConversionOptions options) : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        var reason = kind switch
        {
            CellKind.Text when options.Text == TextContent.Utf8WithoutNul => !Utf8.IsValid(bytes) ? Refusals.NotUtf8 : bytes.Contains((byte)0) ? Refusals.NulCharacter : null,
            CellKind.Float64 when options.Floats == FloatContent.WithoutNaN && double.IsNaN(BinaryPrimitives.ReadDoubleLittleEndian(bytes)) => Refusals.NaN,
            CellKind.Float32 when options.Floats == FloatContent.WithoutNaN && float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(bytes)) => Refusals.NaN,
            _ => null,
        };
        if (reason is null)
        {
            into.Append(kind, bytes);
        }

        return reason;
    }
}
