using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A route of a traffic system; what it does not say holds as for the system.</summary>
internal sealed class TrafficRouteSection : MappingForm<TrafficRouteSpec>
{
    private readonly Field<string> _path;
    private readonly Field<string> _backend;
    private readonly Field<string> _source;
    private readonly Field<string> _target;

    public TrafficRouteSection()
        : base("trafficRoute")
    {
        _path = Optional("path", HttpPathForm.Instance, "The prefix of its requests' paths; probe requests are sent below it.");
        _backend = Optional("backend", TextForm.Line, "Its group in the router; the system's where it is not given.");
        _source = Optional("source", TextForm.Line, "Its old side; the system's where it is not given.");
        _target = Optional("target", TextForm.Line, "Its new side; the system's where it is not given.");
    }

    protected override TrafficRouteSpec Build(FieldValues values, ReadingContext context) => new(string.Empty)
    {
        Path = values.Find(_path),
        Backend = values.Find(_backend),
        Source = values.Find(_source),
        Target = values.Find(_target),
    };
}
