using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Where a table's rows go and how its columns are made.</summary>
internal sealed class TableMapSection : MappingForm<TableMapSpec>
{
    private static readonly TextForm Table = new("a table's name, with its schema where it has one");
    private static readonly TextForm Column = new("a column's name");

    private readonly Field<string> _table;
    private readonly Field<EngineSql> _query;
    private readonly Field<string> _to;
    private readonly Field<IReadOnlyDictionary<string, string>> _columns;
    private readonly Field<IReadOnlyDictionary<string, EngineSql>> _expressions;
    private readonly Field<IReadOnlyList<string>> _drop;
    private readonly Field<EngineSql> _where;
    private readonly Field<IReadOnlyList<string>> _key;

    public TableMapSection()
        : base("tableMap")
    {
        _table = Optional("table", Table, "The source table; either it or query.");
        _query = Optional("query", SourceSqlForm.Instance, "A SELECT on the source whose rows are taken; either it or table.");
        _to = Required("to", Table, "The target table.");
        _columns = Optional("columns", new DictionaryForm<string>(Column, "a mapping of source columns to target columns"), "Columns that get another name.");
        _expressions = Optional(
            "expressions",
            new DictionaryForm<EngineSql>(SourceSqlForm.Instance, "a mapping of target columns to SQL on the source"),
            "Columns whose values are worked out on the source.");
        _drop = Optional("drop", new ListForm<string>(Column, "a list of source columns", ListItems.Unique), "Source columns that are not taken.");
        _where = Optional("where", SourceSqlForm.Instance, "A condition on the source; only rows that meet it are taken.");
        _key = Optional(
            "key",
            new ListForm<string>(Column, "a list of target columns", ListItems.Unique),
            "For a query: the target columns that tell rows apart, where the target has no primary key.");
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = base.Schema(definitions);
        schema.Add("oneOf", new JsonArray([.. new Field[] { _table, _query }.Select(either => new JsonObject { ["required"] = new JsonArray(either.Name) })]));
        return schema;
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.IsGiven(_table) == values.IsGiven(_query))
        {
            context.Mistake(values.Node, $"expected either 'table' or 'query', found {(values.IsGiven(_table) ? "both" : "neither")}.");
        }

        CheckTargets(values, context);
        CheckDropped(values, context);
    }

    protected override TableMapSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Table = values.Find(_table),
        Query = values.Find(_query),
        To = values.Of(_to),
        Columns = values.Find(_columns) ?? new Dictionary<string, string>(),
        Expressions = values.Find(_expressions) ?? new Dictionary<string, EngineSql>(),
        Drop = values.Find(_drop) ?? [],
        Where = values.Find(_where),
        Key = values.Find(_key) ?? [],
    };

    /// <summary>A target column is filled once.</summary>
    private void CheckTargets(FieldValues values, ReadingContext context)
    {
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (source, target) in values.Find(_columns) ?? new Dictionary<string, string>())
        {
            if (!filled.TryAdd(target, $"the column {Echo.Quote(source)}"))
            {
                Mistake(_columns, source, $"the target column {Echo.Quote(target)} is filled from {filled[target]} already.", values, context);
            }
        }

        foreach (var target in values.Find(_expressions)?.Keys ?? [])
        {
            if (filled.TryGetValue(target, out var by))
            {
                Mistake(_expressions, target, $"the target column {Echo.Quote(target)} is filled from {by} already.", values, context);
            }
        }
    }

    private void CheckDropped(FieldValues values, ReadingContext context)
    {
        var dropped = values.Find(_drop) ?? [];
        foreach (var source in (values.Find(_columns)?.Keys ?? []).Where(dropped.Contains))
        {
            Mistake(_columns, source, $"the source column {Echo.Quote(source)} is dropped and renamed; it can be one of them.", values, context);
        }
    }

    private static void Mistake(Field field, string key, string message, FieldValues values, ReadingContext context) => context.MistakeWithin(field.Name, ((MappingNode)values.NodeOf(field)).Find(key)!.Key, message);
}
