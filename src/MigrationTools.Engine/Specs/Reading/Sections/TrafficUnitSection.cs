using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A server that is upgraded in place.</summary>
internal sealed class TrafficUnitSection : MappingForm<TrafficUnitSpec>
{
    private static readonly TrafficUnitSpec Default = new(string.Empty, [], []);

    private readonly Field<IReadOnlyList<string>> _upgrade;
    private readonly Field<IReadOnlyList<string>> _downgrade;
    private readonly Field<IReadOnlyList<string>> _look;
    private readonly Field<Expectation> _upgraded;
    private readonly Field<Endpoint> _health;
    private readonly Field<TimeSpan> _timeout;

    public TrafficUnitSection()
        : base("trafficUnit")
    {
        _upgrade = Required("upgrade", new ArgumentsForm(), "The program that brings it to the new version, and its arguments; run without a shell.");
        _downgrade = Required("downgrade", new ArgumentsForm(), "The program that brings it back.");
        _look = Optional("look", new ArgumentsForm(), "The program whose output tells which version it has; the answer of 'health' does where it is not given.");
        _upgraded = Optional("upgraded", ExpectationForm.Instance, "What that says once the unit has the new version.");
        _health = Optional("health", EndpointForm.Http, "An address that answers 2xx when the unit is well.");
        _timeout = Optional("timeout", DurationForm.Instance, Default.Timeout, "When each of the programs is ended.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (!values.IsGiven(_look) && !values.IsGiven(_health))
        {
            context.Mistake(values.Node, "there must be a way to see the unit's version: give it 'look' or 'health'.");
        }
        else if (!values.IsGiven(_upgraded))
        {
            context.Mistake(values.Node, $"the key 'upgraded' is missing: what {(values.IsGiven(_look) ? "'look' prints" : "'health' answers")} once the unit has the new version.");
        }
    }

    protected override TrafficUnitSpec Build(FieldValues values, ReadingContext context) => new(string.Empty, values.Of(_upgrade), values.Of(_downgrade))
    {
        Look = values.Find(_look) ?? [],
        Upgraded = values.Find(_upgraded),
        Health = values.Find(_health),
        Timeout = values.Of(_timeout),
    };
}
