using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>Pairs of tables by name, resolved against what is really there.</summary>
internal static class Pairs
{
    /// <summary>Every target table with the source's table of the same name, column by column of the same name.</summary>
    public static async Task<IReadOnlyList<TablePair>> ByNameAsync(IDatabase source, IDatabase target)
    {
        var (from, to) = (await source.ReadSchemaAsync(default), await target.ReadSchemaAsync(default));
        return [.. to.Tables.Select(table => Of(from.Tables.Single(candidate => candidate.Name.Name == table.Name.Name), table))];
    }

    /// <summary>A pair of two tables; <paramref name="columns"/> names source columns by target column where they differ.</summary>
    public static TablePair Of(TableSchema source, TableSchema target, IReadOnlyDictionary<string, string>? columns = null)
    {
        ColumnPair? Pair(ColumnSchema column) =>
            source.FindColumn(columns?.GetValueOrDefault(column.Name) ?? column.Name) is { } taken ? new ColumnPair(new ReadColumn(taken.Name, taken.Type), column) : null;
        return new()
        {
            Source = source,
            Target = target,
            Columns = [.. target.Columns.Where(column => !column.Generated).Select(Pair).OfType<ColumnPair>()],
            Computed = [.. target.Columns.Where(column => column.Generated).Select(Pair).OfType<ColumnPair>()],
            Key = target.PrimaryKey?.Columns ?? [],
        };
    }
}
