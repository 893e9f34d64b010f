using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>Rows on their way from reader to writer: in the target's form, with what could not take it. Recycled.</summary>
internal sealed class PreparedBatch(int columns, int keyColumns)
{
    public RowBatch Rows { get; } = new(columns);

    /// <summary>Key of the last row that was read, whether it was refused or not; without a row where the table has no key.</summary>
    public RowBatch LastKey { get; } = new(Math.Max(keyColumns, 1), initialBytes: 64);

    /// <summary>Lines for the file of rejected rows.</summary>
    public List<RejectedRow> Refused { get; } = [];

    /// <summary>Rows read, refused ones included.</summary>
    public int RowsRead => Rows.RowCount + Refused.Count;

    public void Clear()
    {
        Rows.Clear();
        LastKey.Clear();
        Refused.Clear();
    }

    /// <summary>Keeps the key of the last row of what was read.</summary>
    public void TakeLastKey(RowBatch read, IReadOnlyList<int> key)
    {
        LastKey.Clear();
        foreach (var column in key)
        {
            LastKey.Append(read.KindAt(read.RowCount - 1, column), read.BytesAt(read.RowCount - 1, column));
        }
    }
}
