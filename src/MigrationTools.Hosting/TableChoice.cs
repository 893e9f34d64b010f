using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Hosting;

/// <summary>Which pairs of tables, and which of their columns, a request asks for. What it names and is not there is refused: passed over, it would count as looked at.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="system">Of which databases.</param>
/// <param name="layout">What is there.</param>
internal sealed class TableChoice(DataRequest request, DatabaseSystemSpec system, DatabaseLayout layout)
{
    private const int MostNamed = 20;

    /// <summary>The pairs that are asked for, as they are asked for.</summary>
    /// <param name="isOnlySystem">Whether all names must be of this system; of several, each may have some.</param>
    /// <exception cref="InvalidRequestException">A name or wildcard means nothing, or there is no table.</exception>
    public IReadOnlyList<TablePair> Take(bool isOnlySystem)
    {
        if (isOnlySystem && request.Tables.FirstOrDefault(pattern => !IsKnown(pattern)) is { } unknown)
        {
            throw new InvalidRequestException(Describe(unknown));
        }

        var pairs = layout.Pairs.Where(pair => request.Tables.Count == 0 || request.Tables.Any(pattern => IsMeant(pattern, pair)))
            .Where(pair => !request.Exclude.Any(pattern => IsMeant(pattern, pair))).ToList();
        if (pairs.Count == 0)
        {
            throw new InvalidRequestException(
                layout.Pairs.Count == 0 ? $"{system.Source} has no table that {system.Target} has too{Others()}: there is nothing to look at."
                : request.Tables.Count == 0 ? $"Every table of {system.Source} is left out by {string.Join(", ", request.Exclude)}: there is nothing to look at."
                : $"No table of {system.Source} matches {string.Join(", ", request.Tables)}{(request.Exclude.Count > 0 ? " and is not left out" : "")}. There are: {Names()}.");
        }

        if (isOnlySystem)
        {
            RequireColumns(pairs);
        }

        return [.. pairs.Select(request.Selection.Apply)];
    }

    // Of two endpoints the layout has only what is asked for: a table that is asked for and left out in one call is known all the same.
    private bool IsKnown(string pattern) => layout.Pairs.Any(pair => IsMeant(pattern, pair))
        || (request.Source is not null && layout.Source.Tables.Any(table => TablePairing.Matches(pattern, table.Name)));

    private void RequireColumns(List<TablePair> pairs)
    {
        var columns = pairs.SelectMany(pair => pair.Columns.Concat(pair.Computed).SelectMany(column => new[] { column.Source.Name, column.Target.Name })
            .Concat(pair.Target.Columns.Select(column => column.Name)).Concat(pair.Source?.Columns.Select(column => column.Name) ?? [])).ToHashSet(StringComparer.Ordinal);
        if (request.Selection.ExcludeColumns.FirstOrDefault(name => !columns.Contains(name)) is { } unknown)
        {
            var nearest = NearestName.Find(unknown, columns);
            throw new InvalidRequestException($"No table that is looked at has a column '{unknown}' to leave out{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }
    }

    private string Describe(string pattern)
    {
        if (layout.Pairing.TargetOnly.Any(table => TablePairing.Matches(pattern, table)))
        {
            return $"Only {system.Target} has a table '{pattern}': of the source nothing can be held against it. Map it, or leave it out.";
        }

        var names = layout.Pairs.SelectMany(pair => new[] { pair.Target.Name.Name, pair.TargetName, pair.SourceName })
            .Concat(layout.Source.Tables.SelectMany(table => new[] { table.Name.Name, table.Name.ToString() }));
        var nearest = NearestName.Find(pattern, names.Distinct(StringComparer.Ordinal));
        return $"No table of {system.Source} matches '{pattern}'{(nearest is null ? $". There are: {Names()}." : $"; did you mean '{nearest}'?")}";
    }

    private string Others() => layout.Pairing.TargetOnly.Count == 0 ? "" : $" (only the target has {string.Join(", ", layout.Pairing.TargetOnly.Take(MostNamed))})";

    private string Names() => string.Join(", ", layout.Pairs.Select(pair => pair.TargetName).Take(MostNamed)) + (layout.Pairs.Count > MostNamed ? ", …" : "");

    private static bool IsMeant(string pattern, TablePair pair) =>
        TablePairing.Matches(pattern, pair.Target.Name) || (pair.Source is { } source && TablePairing.Matches(pattern, source.Name));
}
