using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>To intervals.</summary>
internal sealed class IntervalConverter : CellConverter
{
    public override string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into)
    {
        switch (kind)
        {
            case CellKind.Null:
                into.AppendNull();
                return null;
            case CellKind.Interval:
                into.Append(kind, bytes);
                return null;
            case CellKind.Text:
                Span<byte> cell = stackalloc byte[IntervalText.CellLength];
                if (!IntervalText.TryParse(bytes, cell))
                {
                    return "text that is not an interval";
                }

                into.Append(CellKind.Interval, cell);
                return null;
            default:
                return Refusals.Kind(kind, "an interval");
        }
    }
}
