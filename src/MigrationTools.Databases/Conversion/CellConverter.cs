using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Turns a cell of whatever kind a reader gave into the cell kind of one logical type, without loss or with a reason. Used
/// wherever values cross engines: copying, the check of source data against the target's schema, comparing. Thread-safe.
/// </summary>
public abstract class CellConverter
{
    /// <summary>
    /// Appends exactly one cell to <paramref name="into"/> and answers null; or appends nothing and answers why the value
    /// can't be held (one clause without the value's text, such as <c>longer than 20 characters (31)</c>). NULL stays NULL.
    /// </summary>
    public abstract string? Convert(CellKind kind, ReadOnlySpan<byte> bytes, RowBatch into);
}
