using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A part of a phased migration.</summary>
internal sealed class PhaseSection : MappingForm<PhaseSpec>
{
    private readonly Field<string> _name;
    private readonly Field<IReadOnlyList<string>> _systems;
    private readonly Field<StrategyKind> _strategy;
    private readonly Field<RolloutSpec> _rollout;
    private readonly Field<PhaseRollbackSpec> _rollback;

    public PhaseSection()
        : base("phase")
    {
        _name = Required("name", new TextForm("letters, digits, '-', '_' and '.', at most 80, no dot first", Patterns.Id()), "What people read in the plan.");
        _systems = Required("systems", new ListForm<string>(new AnySystemForm(), "a list of systems' names", ListItems.Unique), "The systems that this phase moves.");
        _strategy = Required("strategy", new ChoiceForm<StrategyKind>([.. Enum.GetValues<StrategyKind>().Where(kind => kind != StrategyKind.Phased).Select(kind => (kind.ToString(), kind))]), "How.");
        _rollout = Optional("rollout", new RolloutSection(), "The rollout of this phase; the spec's where it is not given.");
        _rollback = Optional("rollback", new PhaseRollbackSection(), "What happens when this phase fails; the spec's where something is not given.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_systems) is { Count: 0 })
        {
            context.MistakeWithin(_systems.Name, values.NodeOf(_systems), "the phase moves nothing; expected at least one system.");
        }
    }

    protected override PhaseSpec Build(FieldValues values, ReadingContext context) => new(values.Of(_name), values.Of(_systems), values.Of(_strategy)) { Rollout = values.Find(_rollout), Rollback = values.Find(_rollback) };
}
