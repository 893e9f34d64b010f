using MigrationTools.Databases.Schema.Expressions;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Converts one table without its foreign keys.</summary>
internal sealed class TableConversion(TablePlacement placement, ISqlDialect from, ISqlDialect to, ObjectNames names, List<LeftBehindObject> leftBehind)
{
    private readonly EngineTraits _traits = EngineTraits.Of(to);
    private readonly TableSchema _source = placement.Source;

    private bool SameEngine => from.Name == to.Name;

    /// <summary>Under which kind the source's schema keeps the expressions of generated columns.</summary>
    public const string GeneratedKind = "generated column";

    /// <summary>And under which name.</summary>
    public static string GeneratedName(TableSchema table, ColumnSchema column) => $"{table.Name}.{column.Name}";

    /// <param name="others">Of the source's schema.</param>
    public TableSchema Convert(IReadOnlyList<OtherObject> others)
    {
        foreach (var column in _source.Columns.Where(column => column.Generated && placement.Columns.ContainsKey(column.Name)))
        {
            var expression = others.FirstOrDefault(other => other.Kind == GeneratedKind && other.Name == GeneratedName(_source, column))?.Definition;
            Leave(GeneratedKind, column.Name, "the target gets a plain column that holds the values copied", expression);
        }

        var columns = _source.Columns.Where(column => placement.Columns.ContainsKey(column.Name)).ToDictionary(column => column.Name, Column, StringComparer.Ordinal);
        var table = new TableSchema
        {
            Name = placement.Target,
            Columns = [.. columns.Values],
            PrimaryKey = _source.PrimaryKey is { } primary ? Key(primary, "primary key") : null,
            UniqueKeys = [.. _source.UniqueKeys.Select(key => Key(key, "unique key")).OfType<KeySchema>()],
            Options = SameEngine ? _source.Options : [],
            EstimatedRows = _source.EstimatedRows,
        };
        return table with { Indexes = [.. _source.Indexes.Select(Index).OfType<IndexSchema>()], Checks = Checks(table, columns) };
    }

    private ColumnSchema Column(ColumnSchema column)
    {
        var inPrimaryKey = _source.PrimaryKey?.Columns.Contains(column.Name) == true;
        var identity = column.Identity && (!_traits.IdentityOnlyAsKey || (inPrimaryKey && _source.PrimaryKey!.Columns.Count == 1));
        if (column.Identity && !identity)
        {
            Leave("identity", column.Name, "the target numbers only a single-column primary key; new rows must bring a value");
        }

        if (!SameEngine && column.Collation is not null)
        {
            Leave("collation", column.Name, $"the target compares the column by its own default instead of '{column.Collation}'", column.Collation);
        }

        if (inPrimaryKey && column.Nullable && !column.Identity && to.Name != EngineTraits.Sqlite)
        {
            Leave("nullable key", column.Name, "the target's primary key holds no NULL; rows with NULL in it will be rejected");
        }

        return column with
        {
            Name = placement.Columns[column.Name],
            ServerType = SameEngine ? column.ServerType : to.TypeFor(column.Type, identity),
            Nullable = column.Nullable && !(inPrimaryKey && to.Name != EngineTraits.Sqlite),
            Identity = identity,
            Autoincrement = column.Autoincrement && identity && SameEngine,
            HoldsAnyType = column.HoldsAnyType && SameEngine,
            IdentityAlways = column.IdentityAlways && identity && SameEngine,
            Generated = false,
            Default = Default(column),
            Collation = SameEngine ? column.Collation : null,
        };
    }

    private string? Default(ColumnSchema column)
    {
        if (column.Default is null || column.Generated || column.Identity)
        {
            return null;
        }

        if (SameEngine)
        {
            return column.Default;
        }

        var converted = PortableDefault.Convert(column.Default, column.Type.Kind, to, out var reason);
        if (converted is null && reason.Length > 0)
        {
            Leave("default", column.Name, reason, column.Default);
        }

        return converted;
    }

    private KeySchema? Key(KeySchema key, string kind)
    {
        if (placement.Renamed(key.Columns) is not { } columns)
        {
            Leave(kind, key.Name ?? string.Join(", ", key.Columns), "one of its columns is not taken");
            return null;
        }

        // A key without a free name of its own is named by the engine.
        var name = key.Name is { } wanted && _traits.FitsName(wanted) && (!_traits.KeyNamesAreRelations || names.Take(placement.Target.Schema, wanted)) ? wanted : null;
        if (name is null && _traits.KeyNamesAreRelations)
        {
            names.Take(placement.Target.Schema, kind == "primary key" ? $"{placement.Target.Name}_pkey" : $"{placement.Target.Name}_{string.Join('_', columns)}_key");
        }

        if (key.NullsNotDistinct && !SameEngine)
        {
            Leave("nulls not distinct", key.Name ?? string.Join(", ", columns), "the target takes two rows with NULL in the key for two that differ");
        }

        return key with { Name = name, Columns = columns, NullsNotDistinct = key.NullsNotDistinct && SameEngine, Deferrable = key.Deferrable && SameEngine, InitiallyDeferred = key.InitiallyDeferred && SameEngine };
    }

    private IndexSchema? Index(IndexSchema index)
    {
        if (SameEngine && placement.KeepsNames)
        {
            names.Take(placement.Target.Schema, index.Name);
            return index;
        }

        if (!PlainIndex.Is(index))
        {
            Leave("index", index.Name, "it has an expression, a condition, an order or a method that is not converted", index.Definition);
            return null;
        }

        if (placement.Renamed(index.Columns) is not { } columns)
        {
            Leave("index", index.Name, "one of its columns is not taken", index.Definition);
            return null;
        }

        var name = names.TakeFreeName(placement.Target.Schema, placement.Target.Name, index.Name);
        return new IndexSchema { Name = name, Columns = columns, Unique = index.Unique };
    }

    private List<CheckSchema> Checks(TableSchema table, IReadOnlyDictionary<string, ColumnSchema> columns)
    {
        var taken = new HashSet<string>(new[] { table.PrimaryKey?.Name }.Concat(table.UniqueKeys.Select(key => key.Name)).OfType<string>(), StringComparer.Ordinal);
        var scope = new CheckScope(_source, columns, from, to);
        var checks = new List<CheckSchema>();
        foreach (var check in _source.Checks)
        {
            var reason = "";
            var expression = SameEngine && placement.KeepsNames ? check.Expression : PortableCheck.Convert(check.Expression, scope, out reason);
            if (expression is null)
            {
                Leave("check", check.Name ?? check.Expression, reason, check.Expression);
                continue;
            }

            checks.Add(new CheckSchema(check.Name is { } name && _traits.FitsName(name) && taken.Add(name) ? name : null, expression));
        }

        return checks;
    }

    private void Leave(string kind, string name, string reason, string? definition = null) =>
        leftBehind.Add(new LeftBehindObject(kind, $"{_source.Name}: {name}", reason, definition));
}
