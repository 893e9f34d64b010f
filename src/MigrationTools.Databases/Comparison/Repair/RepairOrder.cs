using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>
/// In which order tables are repaired. Rows are deleted first, children before parents, so that a unique value is free when another row
/// takes it; but where rows that change still refer to rows that go, the latter go last, for ON DELETE would take the former with them.
/// </summary>
internal sealed class RepairOrder
{
    private readonly HashSet<RepairTable> _late = [];
    private readonly IReadOnlyList<TableSchema> _all;
    private readonly Dictionary<TableName, RepairTable> _byName;

    /// <param name="tables">Those with differences.</param>
    /// <param name="schema">The target's.</param>
    public RepairOrder(IReadOnlyList<RepairTable> tables, DatabaseSchema schema)
    {
        _all = schema.Tables;
        _byName = tables.ToDictionary(table => table.Table.Name);
        var resolved = tables.Select(table => table.Table with
        {
            ForeignKeys = [.. table.Table.ForeignKeys.Select(key => key with { References = Resolve(key.References) })],
        }).ToList();
        ParentsFirst = [.. TableOrder.ReferencedFirst(resolved).Select(table => _byName[table.Name])];
        FindLate();
        References = [.. AllReferences()];
    }

    public IReadOnlyList<RepairTable> ParentsFirst { get; }

    public IEnumerable<RepairTable> DeletedFirst => ParentsFirst.Reverse().Where(table => !_late.Contains(table));

    public IEnumerable<RepairTable> DeletedLast => ParentsFirst.Reverse().Where(_late.Contains);

    /// <summary>Whether rows of the table refer to rows of it by a key that the server checks at once.</summary>
    public bool RefersToItself(RepairTable table) => SelfKeys(table).Any(key => !key.Deferrable);

    /// <summary>Whether rows change what they refer to within their own table.</summary>
    public bool ChangesReferenceToItself(RepairTable table) => SelfKeys(table).Any(key => key.Columns.Any(table.ChangedColumns.Contains));

    /// <summary>Foreign keys that no order of the tables meets.</summary>
    public IEnumerable<(RepairTable Table, ForeignKeySchema Key)> InCycles()
    {
        for (var index = 0; index < ParentsFirst.Count; index++)
        {
            var table = ParentsFirst[index];
            foreach (var key in table.Table.ForeignKeys)
            {
                if (_byName.TryGetValue(Resolve(key.References), out var parent) && parent != table && ParentsFirst.Skip(index).Contains(parent))
                {
                    yield return (table, key);
                }
            }
        }
    }

    /// <summary>All foreign keys of the target to tables that are changed, whether the tables that have them were compared or not.</summary>
    public IReadOnlyList<RepairReference> References { get; }

    /// <summary>
    /// Whether the script itself can look, before it deletes a row, that none is left which ON DELETE would take along: all that it deletes or updates
    /// of the table that refers must be done by then.
    /// </summary>
    public bool IsGuarded(RepairReference reference, IRepairDialect literals) =>
        reference is { ActsOnDelete: true, IsOfItsOwn: false } && IsDoneBefore(reference) && literals.NoneRefers(reference) is not null;

    /// <summary>Conditions of a DELETE, each of which fails with an error where a row would be taken along.</summary>
    public IReadOnlyList<string> Guards(RepairTable table, IRepairDialect literals) =>
        [.. References.Where(reference => reference.Parent == table && IsGuarded(reference, literals)).Select(reference => literals.NoneRefers(reference)!)];

    private bool IsDoneBefore(RepairReference reference)
    {
        if (!_byName.TryGetValue(reference.Child.Name, out var child) || !child.HasDeletes)
        {
            return true;
        }

        var deleted = DeletedFirst.Concat(DeletedLast).ToList();
        return deleted.IndexOf(child) < deleted.IndexOf(reference.Parent);
    }

    // A key of SQLite that names no columns refers to the primary key.
    private IEnumerable<RepairReference> AllReferences() =>
        from table in _all
        from key in table.ForeignKeys
        where _byName.ContainsKey(Resolve(key.References))
        let parent = _byName[Resolve(key.References)]
        select new RepairReference(table, key, parent, key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : parent.Table.PrimaryKey?.Columns ?? []);

    private IEnumerable<ForeignKeySchema> SelfKeys(RepairTable table) => table.Table.ForeignKeys.Where(key => Resolve(key.References) == table.Table.Name);

    private void FindLate()
    {
        var waiting = new Queue<RepairTable>();
        foreach (var child in ParentsFirst)
        {
            foreach (var key in child.Table.ForeignKeys.Where(key => key.Columns.Any(child.ChangedColumns.Contains)))
            {
                Postpone(key, waiting);
            }
        }

        // What a row that goes late refers to can't go before it.
        while (waiting.TryDequeue(out var table))
        {
            foreach (var key in table.Table.ForeignKeys)
            {
                Postpone(key, waiting);
            }
        }
    }

    private void Postpone(ForeignKeySchema key, Queue<RepairTable> waiting)
    {
        if (_byName.TryGetValue(Resolve(key.References), out var parent) && parent.HasDeletes && _late.Add(parent))
        {
            waiting.Enqueue(parent);
        }
    }

    // SQLite takes a table's name in any case.
    private TableName Resolve(TableName name) => _all.Any(table => table.Name == name)
        ? name
        : _all.FirstOrDefault(table => table.Name.Schema == name.Schema && table.Name.Name.Equals(name.Name, StringComparison.OrdinalIgnoreCase))?.Name ?? name;
}
