using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Notifications;
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
    private readonly Field<IReadOnlyList<PhaseSpec>> _phases;
    private readonly Field<IReadOnlyDictionary<string, NotificationSpec>> _notify;
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
        _phases = Optional("phases", new ListForm<PhaseSpec>(new PhaseSection(), "a list of phases", ListItems.Unique), "Parts that move one after the other, each by a strategy of its own (Phased).");
        _notify = Optional("notify", new NotificationsForm(), "Who is told of the run; what can't be told never stops a run.");
        _metrics = Optional("metrics", new MetricsForm(), "Where measurements of gates and triggers come from.");
        _rollout = Optional("rollout", new RolloutSection(), "How a strategy that moves traffic goes about it.");
        _rollback = Optional("rollback", new RollbackSection(), "What happens when a run fails.");
        Optional("$schema", TextForm.Line, "The JSON schema, for editors; the reader passes it over.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        var phases = values.Find(_phases) ?? [];
        foreach (var twice in phases.SelectMany(phase => phase.Systems).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            context.MistakeWithin(_phases.Name, values.NodeOf(_phases), $"{Echo.Quote(twice.Key)} is moved by more than one phase.");
        }

        var misread = (values.IsGiven(_strategy) && !values.IsRead(_strategy)) || (values.IsGiven(_phases) && !values.IsRead(_phases));
        if (!misread && values.Of(_strategy) == StrategyKind.Phased != phases.Count > 0)
        {
            context.Mistake(values.Node, phases.Count > 0 ? "'phases' are for the strategy Phased." : "the strategy Phased needs 'phases'.");
        }
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
        Phases = values.Find(_phases) ?? [],
        Notify = [.. values.Find(_notify)?.Values ?? []],
        Metrics = [.. values.Find(_metrics)?.Values ?? []],
        Rollout = values.Find(_rollout) ?? new RolloutSpec(),
        Rollback = values.Find(_rollback) ?? new RollbackSpec(),
        Directory = context.Directory,
        Hash = string.Empty,
    };
}
