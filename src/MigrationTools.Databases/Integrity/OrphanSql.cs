using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>
/// SQL that finds the rows that refer to nothing, in words that every engine understands. Rows with a NULL among the columns are
/// left out (MATCH SIMPLE), or only those with nothing but NULL (MATCH FULL; SQL:2016 part 2, 4.20.3.1). The parent stands left of the =, for SQLite takes the collation from there, and a
/// foreign key compares by the parent's, and by the parent's affinity alone (sqlite.org/foreignkeys.html, 3).
/// </summary>
/// <param name="key">What refers to what.</param>
/// <param name="children">The table as it stands after FROM.</param>
/// <param name="parents">The referenced table as it stands after FROM; null where there is none.</param>
/// <param name="dialect">Quotes.</param>
internal sealed class OrphanSql(ForeignKeyToCheck key, string children, string? parents, ISqlDialect dialect)
{
    /// <summary>All rows of the table.</summary>
    public string CountRows => $"SELECT count(*) FROM {children}";

    /// <summary>The orphans.</summary>
    public string CountOrphans => "SELECT count(*)" + Orphans;

    /// <summary>The orphans' own keys and foreign keys; <see cref="SampleColumns"/> in that order.</summary>
    public string SelectOrphans => $"SELECT {string.Join(", ", SampleColumns.Select(Child))}{Orphans}";

    /// <summary>The columns that tell a person which row it is.</summary>
    public IReadOnlyList<string> SampleColumns => [.. (key.Table.PrimaryKey?.Columns ?? []).Concat(key.Key.Columns).Distinct(StringComparer.Ordinal)];

    private string Orphans => parents is null
        ? $" FROM {children} AS c WHERE ({Refers}){OrPartly}"
        : ParentIsIndexed ? WithoutParent : WithoutParentAmongDistinct;

    private string Refers => string.Join(" AND ", key.Key.Columns.Select(column => $"{Child(column)} IS NOT NULL"));

    private string OrPartly => key.Key.MatchFull && key.Key.Columns.Count > 1
        ? $" OR (({string.Join(" OR ", key.Key.Columns.Select(column => $"{Child(column)} IS NULL"))}) AND ({string.Join(" OR ", key.Key.Columns.Select(column => $"{Child(column)} IS NOT NULL"))}))"
        : string.Empty;

    private string WithoutParent
    {
        get
        {
            var equal = key.Key.Columns.Zip(key.Key.ReferencedColumns, (own, referenced) => $"p.{dialect.Quote(referenced)} = {ChildValue(own)}");
            return $"""
                 FROM {children} AS c
                WHERE ({Refers}
                  AND NOT EXISTS (SELECT 1 FROM {parents} AS p WHERE {string.Join(" AND ", equal)})){OrPartly}
                """;
        }
    }

    // Without an index a NOT EXISTS reads the whole parent for each row (SQLite); a join with a derived table is built once.
    private string WithoutParentAmongDistinct
    {
        get
        {
            var names = key.Key.ReferencedColumns.Select((referenced, index) => $"{dialect.Quote(referenced)} AS k{index}");
            var known = key.Key.ReferencedColumns.Select(referenced => $"{dialect.Quote(referenced)} IS NOT NULL");
            var equal = key.Key.Columns.Select((own, index) => $"p.k{index} = {ChildValue(own)}");
            return $"""
                 FROM {children} AS c
                LEFT JOIN (SELECT DISTINCT {string.Join(", ", names)} FROM {parents} WHERE {string.Join(" AND ", known)}) AS p
                  ON {string.Join(" AND ", equal)}
                WHERE ({Refers}
                  AND p.k0 IS NULL){OrPartly}
                """;
        }
    }

    // What a server lets a key refer to has an index, also where the schema does not list it.
    private bool ParentIsIndexed
    {
        get
        {
            if (key.Parent is not { } parent)
            {
                return true;
            }

            var referenced = key.Key.ReferencedColumns.ToHashSet(StringComparer.Ordinal);
            var whole = parent.Indexes.Where(index => index.Where is null).Select(index => index.Columns);
            return parent.UniqueKeys.Append(parent.PrimaryKey).OfType<KeySchema>().Select(unique => (IReadOnlyList<string?>)unique.Columns)
                .Concat(whole)
                .Any(columns => columns.Count >= referenced.Count && columns.Take(referenced.Count).All(column => column is not null && referenced.Contains(column)));
        }
    }

    // A column that has an affinity would lend it to the parent; the plus takes it away (sqlite.org/datatype3.html, 4.2 and 3.2).
    private string ChildValue(string column) => dialect.Name == "sqlite" ? "+" + Child(column) : Child(column);

    private string Child(string column) => "c." + dialect.Quote(column);
}
