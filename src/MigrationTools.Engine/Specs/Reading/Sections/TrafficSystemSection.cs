using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A system of kind traffic.</summary>
internal sealed class TrafficSystemSection : MappingForm<SystemSpec>
{
    private readonly Field<string> _router;
    private readonly Field<Endpoint> _endpoint;
    private readonly Field<string> _backend;
    private readonly Field<string> _source;
    private readonly Field<string> _target;

    public TrafficSystemSection()
        : base("trafficSystem")
    {
        Required("kind", new KindForm("traffic"), "Which kind of system it is.");
        _router = Required("router", new RouterForm(), "Which router it is.");
        _endpoint = Required("endpoint", EndpointForm.Router, "Where the router takes commands.");
        _backend = Optional("backend", TextForm.Line, "The router's name of the group that both sides are in.");
        _source = Optional("source", TextForm.Line, "The router's name of the old side.");
        _target = Optional("target", TextForm.Line, "The router's name of the new side.");
    }

    protected override SystemSpec Build(FieldValues values, ReadingContext context) => new TrafficSystemSpec
    {
        Name = string.Empty,
        Router = values.Of(_router),
        Endpoint = values.Of(_endpoint),
        Backend = values.Find(_backend),
        Source = values.Find(_source),
        Target = values.Find(_target),
    };
}
