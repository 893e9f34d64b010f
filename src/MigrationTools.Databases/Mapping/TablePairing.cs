using System.IO.Enumeration;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Mapping;

/// <summary>Finds for every target table what of the source fills it, by the spec's mapping and otherwise by name.</summary>
public sealed class TablePairing
{
    /// <summary>The table in which a copy keeps its progress; never part of what is migrated.</summary>
    public const string ProgressTable = "migrationtools_copy";

    private readonly DatabaseSystemSpec _system;
    private readonly DatabaseSchema _source;
    private readonly DatabaseSchema _target;
    private readonly string _sourceDialect;
    private readonly List<TablePair> _pairs = [];
    private readonly List<string> _leftOut = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _problems = [];

    private TablePairing(DatabaseSystemSpec system, DatabaseSchema source, DatabaseSchema target, string sourceDialect)
    {
        _system = system;
        _source = source;
        _target = target;
        _sourceDialect = sourceDialect;
    }

    /// <summary>Resolves the pairs.</summary>
    /// <param name="system">Include, exclude and map.</param>
    /// <param name="source">The source as it is.</param>
    /// <param name="target">The target as it is, or as it will be once its schema is made.</param>
    /// <param name="sourceDialect">The source's <see cref="ISqlDialect.Name"/>: which text of an engine-specific SQL is taken.</param>
    public static PairingResult Resolve(DatabaseSystemSpec system, DatabaseSchema source, DatabaseSchema target, string sourceDialect)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return new TablePairing(system, source, target, sourceDialect).Resolve();
    }

    /// <summary>Whether the spec takes the table: named by a mapping, or included and not excluded.</summary>
    public static bool IsTaken(DatabaseSystemSpec system, TableName table)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(table);
        return table.Name != ProgressTable
            && (system.Map.Any(map => map.Table is { } name && Matches(name, table))
                || (system.Include.Any(pattern => Matches(pattern, table)) && !system.Exclude.Any(pattern => Matches(pattern, table))));
    }

    /// <summary>Whether a name or wildcard means the table, with or without its schema.</summary>
    public static bool Matches(string pattern, TableName table) =>
        FileSystemName.MatchesSimpleExpression(pattern, table.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, table.ToString(), ignoreCase: false);

    private PairingResult Resolve()
    {
        foreach (var map in _system.Map)
        {
            Pair(map);
        }

        foreach (var table in _source.Tables.Where(table => table.Name.Name != ProgressTable && !_system.Map.Any(map => map.Table is { } name && Matches(name, table.Name))))
        {
            if (!IsTaken(_system, table.Name))
            {
                _leftOut.Add($"{table.Name}: not included by the spec");
            }
            else if (FindTarget(table.Name) is { } target)
            {
                Add(table, target, new TableMapSpec { Table = table.Name.Name, To = target.Name.Name });
            }
            else
            {
                _problems.Add($"source table '{table.Name}' has no table of its name in the target: map it, or exclude it");
            }
        }

        var order = _pairs.OrderBy(pair => pair.TargetName, StringComparer.Ordinal).ToList();
        foreach (var twice in order.GroupBy(pair => pair.TargetName).Where(group => group.Count() > 1))
        {
            _problems.Add($"target table '{twice.Key}' is filled from {twice.Count()} sources ({string.Join(", ", twice.Select(pair => pair.SourceName))}): one mapping a target table; join them in a query");
        }

        var paired = order.Select(pair => pair.Target.Name).ToHashSet();
        return new PairingResult(order, _leftOut, _notes, _problems)
        {
            TargetOnly = [.. _target.Tables.Select(table => table.Name).Where(name => name.Name != ProgressTable && !paired.Contains(name))],
        };
    }

    private void Pair(TableMapSpec map)
    {
        var target = FindTarget(ParseName(map.To));
        if (target is null)
        {
            _problems.Add($"mapping to '{map.To}': the target has no such table");
            return;
        }

        if (map.Table is null)
        {
            AddQuery(target, map);
            return;
        }

        var source = _source.Find(ParseName(map.Table));
        if (source is null)
        {
            _problems.Add($"mapping of '{map.Table}': the source has no such table");
            return;
        }

        Add(source, target, map);
    }

    private void AddQuery(TableSchema target, TableMapSpec map)
    {
        if (map.Query!.For(_sourceDialect) is not { } sql)
        {
            _problems.Add($"mapping to '{map.To}': its query has no text for {_sourceDialect}");
            return;
        }

        var columns = target.Columns.Where(column => !column.Generated && !map.Drop.Contains(column.Name))
            .Select(column => new ColumnPair(new ReadColumn(column.Name, column.Type), column)).ToList();
        _pairs.Add(new TablePair { SourceSql = sql, Target = target, Columns = columns, Key = KeyOf(target, columns, map), Where = map.Where?.For(_sourceDialect) });
    }

    private void Add(TableSchema source, TableSchema target, TableMapSpec map)
    {
        var renamed = map.Columns.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        foreach (var (from, to) in map.Columns)
        {
            Require(source.FindColumn(from) is not null, $"mapping of '{source.Name}': it has no column '{from}'");
            Require(target.FindColumn(to) is not null, $"mapping of '{source.Name}': the target table '{target.Name}' has no column '{to}'");
        }

        foreach (var column in map.Expressions.Keys.Where(column => target.FindColumn(column) is null))
        {
            _problems.Add($"mapping of '{source.Name}': the target table '{target.Name}' has no column '{column}'");
        }

        var columns = new List<ColumnPair>();
        foreach (var column in target.Columns.Where(column => !column.Generated))
        {
            if (SourceOf(source, column, map, renamed) is { } read)
            {
                columns.Add(new ColumnPair(read, column));
            }
            else if (column.Nullable || column.Default is not null || column.Identity)
            {
                _notes.Add($"{target.Name}.{column.Name} is filled by nothing of the source: the target's default ({column.Default ?? (column.Identity ? "identity" : "NULL")}) applies");
            }
            else
            {
                _problems.Add($"target column '{target.Name}.{column.Name}' is NOT NULL without default, and nothing of the source fills it: map it or give an expression");
            }
        }

        var computed = target.Columns.Where(column => column.Generated)
            .Select(column => (Column: column, Source: SourceOf(source, column, map, renamed))).Where(pair => pair.Source is not null)
            .Select(pair => new ColumnPair(pair.Source!, pair.Column)).ToList();
        var dropped = FindDropped(source, [.. columns, .. computed], map);
        if (columns.Count == 0)
        {
            _problems.Add($"'{source.Name}' and '{target.Name}' have no column in common");
            return;
        }

        _pairs.Add(new TablePair
        {
            Source = source,
            Target = target,
            Columns = columns,
            Computed = computed,
            Key = KeyOf(target, columns, map),
            Where = map.Where?.For(_sourceDialect),
            DroppedColumns = dropped,
        });
    }

    private ReadColumn? SourceOf(TableSchema source, ColumnSchema column, TableMapSpec map, Dictionary<string, string> renamed)
    {
        if (map.Expressions.TryGetValue(column.Name, out var expression))
        {
            if (expression.For(_sourceDialect) is { } sql)
            {
                return new ReadColumn(column.Name, column.Type) { Expression = sql };
            }

            _problems.Add($"the expression for '{column.Name}' has no text for {_sourceDialect}");
        }

        var from = source.FindColumn(renamed.GetValueOrDefault(column.Name, column.Name));
        return from is null || map.Drop.Contains(from.Name) || (map.Columns.TryGetValue(from.Name, out var to) && to != column.Name)
            ? null
            : new ReadColumn(from.Name, from.Type);
    }

    // A column of the source that goes nowhere is data lost: the spec must say so.
    private List<string> FindDropped(TableSchema source, List<ColumnPair> columns, TableMapSpec map)
    {
        var dropped = new List<string>();
        var expressions = columns.Where(pair => pair.Source.Expression is not null).Select(pair => pair.Source.Expression!).ToList();
        foreach (var column in source.Columns.Where(column => columns.All(pair => pair.Source.Expression is not null || pair.Source.Name != column.Name)))
        {
            if (map.Drop.Contains(column.Name))
            {
                dropped.Add(TablePair.DroppedBySpec(column.Name));
            }
            else if (column.Generated)
            {
                dropped.Add($"{column.Name}: computed by the source");
            }
            else if (expressions.Exists(sql => Takes(sql, column.Name)))
            {
                dropped.Add($"{column.Name}: taken by an expression");
            }
            else
            {
                _problems.Add($"source column '{source.Name}.{column.Name}' has no place in the target: map it, or name it under 'drop'");
            }
        }

        return dropped;
    }

    /// <summary>Whether an expression names the source's column.</summary>
    internal static bool Takes(string expression, string column) =>
        Regex.IsMatch(WithoutTexts(expression), $@"(?<!\w){Regex.Escape(column)}(?!\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // A name within a text ('note') takes nothing. Quoted names stay, doubled quotes end and begin a text in one.
    private static string WithoutTexts(string sql) => Regex.Replace(sql, "'[^']*'", " ", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static List<string> KeyOf(TableSchema target, List<ColumnPair> columns, TableMapSpec map)
    {
        bool IsPaired(string name) => columns.Exists(pair => pair.Target.Name == name);
        if (map.Key.Count > 0)
        {
            return [.. map.Key];
        }

        var keys = (target.PrimaryKey is { } primary ? [primary] : Array.Empty<KeySchema>())
            .Concat(target.UniqueKeys.Where(key => key.Columns.All(name => target.FindColumn(name) is { MayHoldNull: false })));
        return keys.FirstOrDefault(key => key.Columns.All(IsPaired)) is { } found ? [.. found.Columns] : [];
    }

    private TableSchema? FindTarget(TableName name) =>
        _target.Find(name)
        ?? _target.Find(new TableName(name.Schema is null ? "public" : null, name.Name))
        // An engine without schemas on one side: public is what PostgreSQL calls having none.
        ?? (name.Schema is null or "public" ? _target.Tables.FirstOrDefault(table => table.Name.Name == name.Name && table.Name.Schema is null or "public") : null);

    /// <summary>A table's name as people write it, with its schema or without.</summary>
    public static TableName ParseName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? new TableName(null, text) : new TableName(text[..dot], text[(dot + 1)..]);
    }

    private void Require(bool condition, string problem)
    {
        if (!condition)
        {
            _problems.Add(problem);
        }
    }
}
