using System.Globalization;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A value of a key at which a table is split.</summary>
/// <param name="Kind">How the bytes are to be read.</param>
/// <param name="Text">The value as people read it.</param>
/// <param name="Bytes">The value itself, in hex: what is compared.</param>
public sealed record KeyCell(CellKind Kind, string Text, string Bytes)
{
    public static KeyCell Of(RowBatch batch, int row, int column)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var kind = batch.KindAt(row, column);
        var bytes = batch.BytesAt(row, column);
        return new KeyCell(kind, CellText.ToString(kind, bytes) ?? "NULL", Convert.ToHexString(bytes).ToLower(CultureInfo.InvariantCulture));
    }

    /// <summary>The cells as the one row that a <see cref="KeyRange"/> takes.</summary>
    public static RowBatch Row(IReadOnlyList<KeyCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var batch = new RowBatch(cells.Count, 256);
        foreach (var cell in cells)
        {
            batch.Append(cell.Kind, Convert.FromHexString(cell.Bytes));
        }

        return batch;
    }
}
