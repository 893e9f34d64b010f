using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A business rule.</summary>
internal sealed class RuleSection : MappingForm<RuleSpec>
{
    private readonly Field<string> _name;
    private readonly Field<SystemReference> _on;
    private readonly Field<EngineSql> _sql;
    private readonly Field<Expectation> _expect;
    private readonly Field<double> _weight;

    public RuleSection()
        : base("rule")
    {
        _name = Required("name", TextForm.Line, "What people read; each once.");
        _on = Required("on", new ReferenceForm("database", EndpointSide.Target), "The database that is asked.");
        _sql = Required("sql", SqlForm.Instance, "A query that gives one value.");
        _expect = Required("expect", ExpectationForm.Instance, "What the value must be.");
        _weight = Optional("weight", new NumberForm(0.001, 1_000_000), 1, "Its share in the integrity score.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_on) is { } system && values.Find(_sql) is { } sql)
        {
            var side = system.Side ?? EndpointSide.Target;
            context.Later(() => SqlForm.Require(sql, context.Systems.Find(system.System)?.EngineOf(side), values.NodeOf(_sql), context));
        }
    }

    protected override RuleSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Name = values.Of(_name),
        System = values.Of(_on).System,
        Side = values.Of(_on).Side ?? EndpointSide.Target,
        Sql = values.Of(_sql),
        Expect = values.Of(_expect),
        Weight = values.Of(_weight),
    };
}
