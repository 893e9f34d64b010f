using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A system of kind database.</summary>
internal sealed class DatabaseSystemSection : MappingForm<SystemSpec>
{
    private readonly Field<Endpoint> _source;
    private readonly Field<Endpoint> _target;
    private readonly Field<string> _scripts;
    private readonly Field<TablesSection.Selection> _tables;
    private readonly Field<IReadOnlyList<TableMapSpec>> _map;
    private readonly Field<CopySpec> _copy;
    private readonly Field<FenceMode> _fence;

    public DatabaseSystemSection()
        : base("databaseSystem")
    {
        Required("kind", new KindForm("database"), "Which kind of system it is.");
        _source = Required("source", EndpointForm.Database, "Where it moves from.");
        _target = Required("target", EndpointForm.Database, "Where it moves to.");
        _scripts = Optional(
            "scripts",
            new PathForm("a directory of versioned SQL scripts"),
            "Scripts that make the target's schema; without them the source's schema is converted.");
        _tables = Optional("tables", new TablesSection(), "Which source tables are taken; all where it is not given.");
        _map = Optional("map", new ListForm<TableMapSpec>(new TableMapSection(), "a list of table mappings"), "Tables that get another name or other columns.");
        _copy = Optional("copy", new CopySection(), "How the data is copied.");
        _fence = Optional("fence", Choice.CamelNames<FenceMode>(), FenceMode.Observe, "What keeps writers from the source while it is copied.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        var system = context.Systems.Current!;
        var source = values.Find(_source);
        var target = values.Find(_target);
        system.SourceEngine = EngineOf(source, context);
        system.TargetEngine = EngineOf(target, context);
        if (source is not null && source.Equals(target))
        {
            context.MistakeWithin(_target.Name, values.NodeOf(_target), "the target is the source.");
        }
    }

    protected override SystemSpec Build(FieldValues values, ReadingContext context) => new DatabaseSystemSpec
    {
        Name = string.Empty,
        Source = values.Of(_source),
        Target = values.Of(_target),
        Scripts = values.Find(_scripts),
        Include = values.Find(_tables)?.Include ?? TablesSection.Everything.Include,
        Exclude = values.Find(_tables)?.Exclude ?? TablesSection.Everything.Exclude,
        Map = values.Find(_map) ?? [],
        Copy = values.Find(_copy) ?? new CopySpec(),
        Fence = values.Of(_fence),
    };

    private static string? EngineOf(Endpoint? endpoint, ReadingContext context) =>
        endpoint is null ? null : context.Vocabulary.DatabaseEngines.GetValueOrDefault(endpoint.Scheme);
}
