using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A router's counters.</summary>
internal sealed class RouterMetricSection : MappingForm<MetricSpec>
{
    private readonly Field<string> _router;
    private readonly Field<string> _route;

    public RouterMetricSection()
        : base("routerMetric")
    {
        _router = Required("router", new SystemNameForm("traffic"), "The traffic system whose router counts.");
        _route = Optional("route", TextForm.Line, "The only route that is counted; all of them where it is not given.");
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) =>
        new RouterMetricSpec(values.Of(_router)) { Name = string.Empty, Route = values.Find(_route) };
}
