namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>Cells are equal by kind and bytes.</summary>
internal sealed class CellComparer : IEqualityComparer<Cell>
{
    public static CellComparer Instance { get; } = new();

    public bool Equals(Cell? x, Cell? y) => x!.Kind == y!.Kind && x.Bytes.AsSpan().SequenceEqual(y.Bytes);

    public int GetHashCode(Cell obj) => obj.Bytes.Length;
}
