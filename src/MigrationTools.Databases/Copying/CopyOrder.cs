using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>How a table's rows are read, so that a copy that was stopped can go on after the last row committed.</summary>
/// <param name="Query">The rows; columns of the key that the target does not take stand last.</param>
/// <param name="Key">Columns of <paramref name="Query"/> that make up the key, by place; empty where the table has none that can be used.</param>
internal sealed record CopyOrder(RowQuery Query, IReadOnlyList<int> Key)
{
    /// <summary>The table can only be copied whole.</summary>
    public bool IsWhole => Key.Count == 0;

    /// <summary>
    /// By the source's primary key, where no part of it can be NULL and both this program and the server know how to order it. A
    /// query has no key that its rows could be told to be unique by.
    /// </summary>
    public static CopyOrder Of(TablePair pair, ISqlDialect dialect)
    {
        var query = pair.SourceQuery();
        if (pair.Source is not { PrimaryKey: { } primary } source || !primary.Columns.All(name => IsUsable(source.FindColumn(name), dialect)))
        {
            return new CopyOrder(query, []);
        }

        List<ReadColumn> columns = [.. query.Columns];
        var key = new List<int>();
        foreach (var name in primary.Columns)
        {
            var place = columns.FindIndex(column => column.Name == name && column.Expression is null && !column.AsText);
            if (place < 0)
            {
                if (columns.Exists(column => column.Name == name))
                {
                    // An expression goes by the key's name; two columns of one name would leave the order in doubt.
                    return new CopyOrder(query, []);
                }

                place = columns.Count;
                columns.Add(new ReadColumn(name, source.FindColumn(name)!.Type));
            }

            key.Add(place);
        }

        return new CopyOrder(query with { Columns = columns, OrderBy = primary.Columns }, key);
    }

    private static bool IsUsable(ColumnSchema? column, ISqlDialect dialect) =>
        column is { Nullable: false } && (dialect.Name == "sqlite" || column.Type.Kind is not (LogicalKind.Opaque or LogicalKind.Dynamic or LogicalKind.Json or LogicalKind.Interval));
}
