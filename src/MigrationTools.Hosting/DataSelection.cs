using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting;

/// <summary>What of two databases an operation on data looks at, beside the choice of tables.</summary>
public sealed record DataSelection
{
    /// <summary>A condition on the rows of both sides, as SQL; for the target <see cref="TargetWhere"/> takes its place where that is given.</summary>
    public string? Where { get; init; }

    public string? TargetWhere { get; init; }

    /// <summary>A SELECT in the place of the source's tables; given with <see cref="TargetQuery"/>.</summary>
    public string? SourceQuery { get; init; }

    public string? TargetQuery { get; init; }

    /// <summary>Target columns that tell rows apart; empty for the tables' own keys, and for queries none.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Columns, by source or target name, that are left out.</summary>
    public IReadOnlyList<string> ExcludeColumns { get; init; } = [];

    /// <summary>Tables that have another name in the target: source to target.</summary>
    public IReadOnlyDictionary<string, string> TableMap { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns that have another name in the target: <c>table.column</c> or <c>column</c> of the source to the target's column.</summary>
    public IReadOnlyDictionary<string, string> ColumnMap { get; init; } = new Dictionary<string, string>();

    /// <summary>Names as people map them: a table's, with its schema or without, to a table's; and a column's to a column's, which has no point.</summary>
    /// <param name="names">Source to target.</param>
    /// <param name="columnsOnly">Queries have only columns.</param>
    public static (IReadOnlyDictionary<string, string> Tables, IReadOnlyDictionary<string, string> Columns) Divide(IEnumerable<KeyValuePair<string, string>> names, bool columnsOnly)
    {
        ArgumentNullException.ThrowIfNull(names);
        static bool HasPoint(string name) => name.Contains('.', StringComparison.Ordinal);
        var parts = names.ToLookup(name => columnsOnly || (HasPoint(name.Key) && !HasPoint(name.Value)));
        Dictionary<string, string> Part(bool columns) => parts[columns].ToDictionary(StringComparer.Ordinal);
        return (Part(columns: false), Part(columns: true));
    }

    internal bool IsQuery => SourceQuery is not null || TargetQuery is not null;

    /// <summary>Whether it makes sense: queries name tables of one system's databases.</summary>
    /// <param name="systems">Names of the systems that the selection is for.</param>
    /// <exception cref="InvalidRequestException">There are queries, and several systems; or the key has a column twice.</exception>
    public void RequireFor(IReadOnlyList<string> systems)
    {
        ArgumentNullException.ThrowIfNull(systems);
        if (IsQuery && systems.Count > 1)
        {
            throw new InvalidRequestException($"Two queries are compared in the databases of one system, and there are {systems.Count}: {string.Join(", ", systems)}. Name the one that is meant.");
        }

        if (Key.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1) is { } twice)
        {
            throw new InvalidRequestException($"The key names column '{twice.Key}' twice.");
        }
    }

    /// <summary>The system with the selection's mappings beside its own.</summary>
    internal DatabaseSystemSpec MapTables(DatabaseSystemSpec system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var named = TableMap.Keys.Concat(ColumnMap.Keys.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[..name.LastIndexOf('.')])).Distinct(StringComparer.Ordinal).ToList();
        if (named.Find(table => system.Map.Any(map => map.Table == table)) is { } twice)
        {
            throw new InvalidRequestException($"Table '{twice}' is mapped by the spec already: leave its mapping out, or change the spec.");
        }

        return system with { Map = [.. system.Map, .. named.Select(table => new TableMapSpec { Table = table, To = TableMap.GetValueOrDefault(table, table), Columns = ColumnsOf(table) })] };
    }

    /// <summary>The pair with the selection's conditions, key and columns.</summary>
    internal TablePair Apply(TablePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var excluded = pair.Columns.Where(column => ExcludeColumns.Contains(column.Target.Name) || ExcludeColumns.Contains(column.Source.Name)).ToList();
        var columns = pair.Columns.Except(excluded).ToList();
        var uncomputed = pair.Computed.Where(column => ExcludeColumns.Contains(column.Target.Name) || ExcludeColumns.Contains(column.Source.Name)).ToList();
        var key = Key.Count > 0 ? Key : pair.Key;
        if (Key.FirstOrDefault(name => columns.TrueForAll(column => column.Target.Name != name)) is { } unknown)
        {
            throw new InvalidRequestException($"{pair.TargetName} has no column '{unknown}' to tell rows apart by. It has: {string.Join(", ", columns.Select(column => column.Target.Name))}.");
        }

        if (key.FirstOrDefault(name => excluded.Exists(column => column.Target.Name == name)) is { } missing)
        {
            throw new InvalidRequestException($"Column '{missing}' of {pair.TargetName} is part of the key, by which rows are found: it can't be left out. Name another key.");
        }

        return pair with
        {
            Columns = columns,
            Computed = [.. pair.Computed.Except(uncomputed)],
            Key = key,
            Where = Both(pair.Where, Where),
            TargetWhere = Both(pair.TargetWhere, TargetWhere ?? Where),
            DroppedColumns = [.. pair.DroppedColumns, .. excluded.Concat(uncomputed).Select(column => $"{column.Source.Name}: left out as asked for")],
        };
    }

    private static string? Both(string? first, string? second) => first is null ? second : second is null ? first : $"(\n{first}\n) AND (\n{second}\n)";

    private Dictionary<string, string> ColumnsOf(string table) => ColumnMap
        .Where(pair => pair.Key.StartsWith(table + ".", StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[(table.Length + 1)..], pair => pair.Value, StringComparer.Ordinal);
}
