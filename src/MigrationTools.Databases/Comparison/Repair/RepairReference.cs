using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>A foreign key of the target to a table that the script changes.</summary>
/// <param name="Child">The table whose rows refer.</param>
/// <param name="Key">Its key.</param>
/// <param name="Parent">What it refers to.</param>
/// <param name="ParentColumns">As many as the key has, in its order.</param>
internal sealed record RepairReference(TableSchema Child, ForeignKeySchema Key, RepairTable Parent, IReadOnlyList<string> ParentColumns)
{
    /// <summary>A row that is deleted would take the rows that refer to it along, or change them.</summary>
    public bool ActsOnDelete => Acts(Key.OnDelete);

    /// <summary>A row that is updated would change the rows that refer to it.</summary>
    public bool ActsOnUpdate => Acts(Key.OnUpdate);

    /// <summary>Rows change what others may refer to. SQLite takes a column's name in any case.</summary>
    public bool IsUpdated => Parent.Updates > 0 && ParentColumns.Any(column => Parent.ChangedColumns.Contains(column, StringComparer.OrdinalIgnoreCase));

    public bool IsOfItsOwn => Child.Name == Parent.Table.Name;

    /// <summary>What the script says where it fails because of it.</summary>
    public string Complaint => $"a row of {Child.Name} still refers to a row of {Parent.Pair.TargetName} that is to be deleted";

    private static bool Acts(string action) => action is "CASCADE" or "SET NULL" or "SET DEFAULT";
}
