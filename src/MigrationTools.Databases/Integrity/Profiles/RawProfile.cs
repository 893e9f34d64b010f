using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>A column's figures as its server gave them.</summary>
internal sealed class RawProfile(long rows)
{
    private readonly Dictionary<FigureKind, (CellKind Kind, byte[] Bytes)> _cells = [];

    public long Rows => rows;

    public long Present => Number(FigureKind.Present) ?? 0;

    public long Nulls => Rows - Present;

    public long? Distinct => Number(FigureKind.Distinct);

    public long Numbers => Number(FigureKind.Numbers) ?? 0;

    public long Texts => Number(FigureKind.Texts) ?? 0;

    public long Blobs => Number(FigureKind.Blobs) ?? 0;

    public void Add(FigureKind kind, CellKind cell, ReadOnlySpan<byte> bytes) => _cells[kind] = (cell, bytes.ToArray());

    /// <summary>Whether the type has this figure, even where it is NULL for want of values.</summary>
    public bool Has(FigureKind kind) => _cells.ContainsKey(kind);

    /// <summary>A count or a length; null where there is none.</summary>
    public long? Number(FigureKind kind) =>
        _cells.TryGetValue(kind, out var cell) && cell.Kind == CellKind.Int64 ? BinaryPrimitives.ReadInt64LittleEndian(cell.Bytes) : null;

    /// <summary>A float; null where there is none.</summary>
    public double? Float(FigureKind kind) =>
        _cells.TryGetValue(kind, out var cell) && cell.Kind == CellKind.Float64 ? BinaryPrimitives.ReadDoubleLittleEndian(cell.Bytes) : null;

    /// <summary>A value of the column's own; the kind Null where there is none.</summary>
    public (CellKind Kind, byte[] Bytes) Value(FigureKind kind) => _cells.TryGetValue(kind, out var cell) ? cell : (CellKind.Null, []);
}
