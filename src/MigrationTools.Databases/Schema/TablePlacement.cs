using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>A source table with the names that it and its columns get on the target.</summary>
/// <param name="Source">The table as the source has it.</param>
/// <param name="Target">Its name on the target, with schema where the engine has them.</param>
/// <param name="Columns">Source column → target column, for those that are taken, in the table's order.</param>
internal sealed record TablePlacement(TableSchema Source, TableName Target, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>Whether SQL that speaks of the table by its names on the source is true on the target.</summary>
    public bool KeepsNames =>
        Source.Name == Target && Source.Columns.All(column => Columns.TryGetValue(column.Name, out var name) && name == column.Name);

    /// <summary>The columns' names on the target; null where one is not taken.</summary>
    public IReadOnlyList<string>? Renamed(IReadOnlyList<string?> columns)
    {
        var names = new List<string>(columns.Count);
        foreach (var column in columns)
        {
            if (column is null || !Columns.TryGetValue(column, out var name))
            {
                return null;
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>Places every table of a mapping.</summary>
    /// <exception cref="InvalidRequestException">A table or column is not there, or the target can't have two names apart; every case is named.</exception>
    public static IReadOnlyList<TablePlacement> Place(DatabaseSchema source, EngineTraits target, SchemaMapping mapping)
    {
        var mistakes = new List<string>();
        var placements = new List<TablePlacement>();
        foreach (var table in mapping.Tables)
        {
            if (source.Tables.FirstOrDefault(candidate => candidate.Name == table.Source) is { } found)
            {
                placements.Add(new TablePlacement(found, target.Place(table.Target ?? found.Name), ColumnNames(found, table, target, mistakes)));
            }
            else
            {
                mistakes.Add($"The source has no table '{table.Source}'.");
            }
        }

        foreach (var clash in placements.GroupBy(placement => placement.Target.ToString(), target.Names).Where(group => group.Count() > 1))
        {
            mistakes.Add($"{string.Join(" and ", clash.Select(placement => $"'{placement.Source.Name}'"))} would both be the target's table '{clash.Key}': map one of them to another name.");
        }

        foreach (var placement in placements.Where(placement => !target.FitsName(placement.Target.Name)))
        {
            mistakes.Add($"The name of table '{placement.Target}' is longer than the target's {target.MaxNameBytes} bytes: map it to a shorter one.");
        }

        return mistakes.Count == 0
            ? placements
            : throw new InvalidRequestException($"The schema can't be converted. {string.Join(" ", mistakes)}");
    }

    private static Dictionary<string, string> ColumnNames(TableSchema table, TableMapping mapping, EngineTraits target, List<string> mistakes)
    {
        foreach (var name in mapping.Columns.Keys.Concat(mapping.Dropped).Where(name => table.FindColumn(name) is null))
        {
            mistakes.Add($"Table '{table.Name}' has no column '{name}'.");
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => !mapping.Dropped.Contains(column.Name)))
        {
            names.Add(column.Name, mapping.Columns.TryGetValue(column.Name, out var renamed) ? renamed : column.Name);
        }

        foreach (var clash in names.Values.GroupBy(name => name, target.Names).Where(group => group.Count() > 1))
        {
            mistakes.Add($"Table '{table.Name}' would have the column '{clash.Key}' {clash.Count()} times on the target: map them to different names.");
        }

        foreach (var name in names.Values.Where(name => !target.FitsName(name)))
        {
            mistakes.Add($"The name of column '{name}' of table '{table.Name}' is longer than the target's {target.MaxNameBytes} bytes: map it to a shorter one.");
        }

        return names;
    }
}
