using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The whole spec.</summary>
internal sealed class SpecSection : MappingForm<MigrationSpec>
{
    private readonly Field<string> _id;
    private readonly Field<string> _name;
    private readonly Field<MigrationType> _type;
    private readonly Field<StrategyKind> _strategy;
    private readonly Field<string> _sourceVersion;
    private readonly Field<string> _targetVersion;
    private readonly Field<IReadOnlyDictionary<string, SystemSpec>> _systems;
    private readonly Field<IReadOnlyList<DependencySpec>> _dependencies;
    private readonly Field<ReadinessSpec> _readiness;
    private readonly Field<ValidationSpec> _validation;
    private readonly Field<IReadOnlyDictionary<string, BenchmarkSpec>> _benchmarks;
    private readonly Field<IReadOnlyDictionary<string, MetricSpec>> _metrics;
    private readonly Field<RolloutSpec> _rollout;
    private readonly Field<RollbackSpec> _rollback;

    public SpecSection()
        : base("spec")
    {
        _id = Required("id", new TextForm("letters, digits, '-', '_' and '.', at most 80, no dot first", Patterns.Id()), "Part of run ids and of file names.");
        _name = Optional("name", TextForm.Line, "What people read; the id where it is not given.");
        _type = Optional("type", Choice.Names<MigrationType>(), MigrationType.DataMigration, "What kind of move it is; for reports and recommendations.");
        _strategy = Optional("strategy", Choice.Names<StrategyKind>(), StrategyKind.BigBang, "How the plan is made.");
        _sourceVersion = Optional("sourceVersion", TextForm.Line, "The version that is moved from; for people.");
        _targetVersion = Optional("targetVersion", TextForm.Line, "The version that is moved to; for people.");
        _systems = Required("systems", new SystemsForm(), "What migrates.");
        _dependencies = Optional(
            "dependencies",
            new ListForm<DependencySpec>(new DependencySection(), "a list of dependencies", ListItems.Unique),
            "What the migration needs, measured before it starts.");
        _readiness = Optional("readiness", new ReadinessSection(), "What must be so before a run starts.");
        _validation = Optional("validation", new ValidationSection(), "What proves that the data arrived.");
        _benchmarks = Optional("benchmarks", new BenchmarksForm(), "Measured performance figures and their limits.");
        _metrics = Optional("metrics", new MetricsForm(), "Where measurements of gates and triggers come from.");
        _rollout = Optional("rollout", new RolloutSection(), "How a strategy that moves traffic goes about it.");
        _rollback = Optional("rollback", new RollbackSection(), "What happens when a run fails.");
        Optional("$schema", TextForm.Line, "The JSON schema, for editors; the reader passes it over.");
    }

    protected override MigrationSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Id = values.Of(_id),
        Name = values.Find(_name) ?? values.Of(_id),
        Type = values.Of(_type),
        Strategy = values.Of(_strategy),
        SourceVersion = values.Find(_sourceVersion),
        TargetVersion = values.Find(_targetVersion),
        Systems = [.. values.Of(_systems).Values],
        Dependencies = values.Find(_dependencies) ?? [],
        Readiness = values.Find(_readiness) ?? new ReadinessSpec(),
        Validation = values.Find(_validation) ?? new ValidationSpec(),
        Benchmarks = [.. values.Find(_benchmarks)?.Values ?? []],
        Metrics = [.. values.Find(_metrics)?.Values ?? []],
        Rollout = values.Find(_rollout) ?? new RolloutSpec(),
        Rollback = values.Find(_rollback) ?? new RollbackSpec(),
        Directory = context.Directory,
        Hash = string.Empty,
    };
}
