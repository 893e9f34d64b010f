using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To blobs: bytes, the UTF-8 of text, the 16 bytes of a uuid. Length is in bytes.</summary>
internal sealed class BlobConverter(int? limit) : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Blob or CellKind.Text or CellKind.Json or CellKind.Uuid:
                if (bytes.Length > limit)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"longer than {limit} bytes ({bytes.Length})");
                }

                into.Append(CellKind.Blob, bytes);
                return null;
            default:
                return Refusals.Kind(kind, "a blob");
        }
    }
}
