using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>
/// Turns a source's schema into one that the target engine can hold: tables, columns, keys, foreign keys, plain indexes, and
/// defaults and checks that mean the same there for certain. What is not carried over is listed with its reason.
/// </summary>
public static class SchemaConverter
{
    /// <summary>Under which kind a schema keeps what stands behind a table's columns, under the table's name.</summary>
    public const string TableOptionKind = "table option";

    /// <param name="source">As it was read.</param>
    /// <param name="from">The dialect in which <paramref name="source"/> is written.</param>
    /// <param name="to">The target's dialect; between databases of one engine, SQL is taken as it is.</param>
    /// <param name="mapping">Which tables, under which names.</param>
    /// <exception cref="InvalidRequestException">Names are missing or clash on the target, or an engine can't be converted.</exception>
    public static SchemaConversion Convert(DatabaseSchema source, ISqlDialect from, ISqlDialect to, SchemaMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(mapping);

        _ = EngineTraits.Of(from);
        var traits = EngineTraits.Of(to);
        var placements = TablePlacement.Place(source, traits, mapping);
        var names = new ObjectNames(traits);
        foreach (var placement in placements)
        {
            names.Take(placement.Target.Schema, placement.Target.Name);
        }

        var leftBehind = new List<LeftBehindObject>();
        var tables = placements.Select(placement => new TableConversion(placement, from, to, names, leftBehind).Convert(source.Others)).ToList();
        tables = ForeignKeyConversion.Add(placements, tables, from.Name == to.Name, leftBehind);
        ListTheRest(source, placements, from.Name == to.Name, leftBehind);
        return new SchemaConversion(TableOrder.ReferencedFirst(tables), leftBehind);
    }

    private static void ListTheRest(DatabaseSchema source, IReadOnlyList<TablePlacement> placements, bool sameEngine, List<LeftBehindObject> leftBehind)
    {
        var listedWithTheirTable = placements
            .SelectMany(placement => placement.Source.Columns.Where(column => column.Generated).Select(column => TableConversion.GeneratedName(placement.Source, column)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var view in source.Views)
        {
            leftBehind.Add(new LeftBehindObject("view", view.Name.ToString(), "views are not converted; create it with a script if it is needed", view.Definition));
        }

        foreach (var sequence in source.Sequences)
        {
            leftBehind.Add(new LeftBehindObject("sequence", sequence, "no column owns it; create it with a script if it is needed"));
        }

        var carried = placements.Where(_ => sameEngine).Select(placement => placement.Source.Name.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var other in source.Others.Where(other => other.Kind != TableOptionKind || !carried.Contains(other.Name)).Where(other => other.Kind != TableConversion.GeneratedKind || !listedWithTheirTable.Contains(other.Name)))
        {
            leftBehind.Add(new LeftBehindObject(other.Kind, other.Name, "objects of this kind are not converted; create it with a script if it is needed", other.Definition));
        }
    }
}
