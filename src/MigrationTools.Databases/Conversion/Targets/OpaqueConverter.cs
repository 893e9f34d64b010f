using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To a type that only its server knows: only the bytes that such a server sent.</summary>
internal sealed class OpaqueConverter : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        if (kind is not (CellKind.Null or CellKind.Opaque))
        {
            return Refusals.Kind(kind, "a value of the server's own type");
        }

        into.Append(kind, bytes);
        return null;
    }
}
