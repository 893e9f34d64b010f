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
    private readonly Field<ReplicationMode> _replication;
    private readonly Field<Endpoint> _replicationSource;
    private readonly Field<TimeSpan> _replicationDeadline;
    private readonly Field<ContractMode> _contract;

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
        _replication = Optional(
            "replication",
            Choice.CamelNames<ReplicationMode>(),
            ReplicationMode.None,
            "What keeps the target in step while the source is written to (BlueGreen): logical is PostgreSQL's own logical replication; with none the differences are compared and copied.");
        _replicationSource = Optional(
            "replicationSource",
            EndpointForm.Database,
            "How the target's server reaches the source, for replication: logical; without it that is the source.");
        _replicationDeadline = Optional(
            "replicationDeadline",
            DurationForm.Instance,
            TimeSpan.FromMinutes(5),
            "How long the last changes may take to arrive under the fence, before the run holds (replication: logical).");
        _contract = Optional(
            "contract",
            Choice.CamelNames<ContractMode>(),
            ContractMode.Nothing,
            "What is removed of the source in the end (BlueGreen, Canary, StranglerFig): dropTables drops the tables that were moved, after the new side was watched and a person approved.");
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

        CheckReplication(values, context, system.SourceEngine, system.TargetEngine);
    }

    private void CheckReplication(FieldValues values, ReadingContext context, string? sourceEngine, string? targetEngine)
    {
        if (values.Of(_replication) != ReplicationMode.Logical)
        {
            if (values.Find(_replicationSource) is not null)
            {
                context.MistakeWithin(_replicationSource.Name, values.NodeOf(_replicationSource), "nothing replicates: it goes with replication: logical.");
            }

            return;
        }

        if ((sourceEngine ?? "postgresql") != "postgresql" || (targetEngine ?? "postgresql") != "postgresql")
        {
            context.MistakeWithin(
                _replication.Name, values.NodeOf(_replication), $"logical replicates between two PostgreSQL servers, and this is {sourceEngine} to {targetEngine}; with none the differences are compared and copied.");
        }

        if (values.Find(_map) is { Count: > 0 })
        {
            context.MistakeWithin(_replication.Name, values.NodeOf(_replication), "logical replicates tables and columns under their own names, so there can be no map; with none the differences are compared and copied.");
        }

        if (values.Find(_replicationSource) is { } via && EngineOf(via, context) is { } engine && engine != "postgresql")
        {
            context.MistakeWithin(_replicationSource.Name, values.NodeOf(_replicationSource), $"a PostgreSQL server replicates from PostgreSQL, not from {engine}.");
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
        Replication = values.Of(_replication),
        ReplicationSource = values.Find(_replicationSource),
        ReplicationDeadline = values.Of(_replicationDeadline),
        Contract = values.Of(_contract),
    };

    private static string? EngineOf(Endpoint? endpoint, ReadingContext context) =>
        endpoint is null ? null : context.Vocabulary.DatabaseEngines.GetValueOrDefault(endpoint.Scheme);
}
