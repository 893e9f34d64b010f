namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Keys by their bytes.</summary>
internal sealed class KeyCellsComparer : IEqualityComparer<KeyCells>
{
    public static KeyCellsComparer Instance { get; } = new();

    public bool Equals(KeyCells? x, KeyCells? y) => x is null || y is null ? ReferenceEquals(x, y) : x.Bytes.SequenceEqual(y.Bytes);

    public int GetHashCode(KeyCells obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj.Bytes);
        return hash.ToHashCode();
    }
}
