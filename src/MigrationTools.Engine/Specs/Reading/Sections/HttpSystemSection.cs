using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A system of kind http.</summary>
internal sealed class HttpSystemSection : MappingForm<SystemSpec>
{
    private readonly Field<Endpoint> _source;
    private readonly Field<Endpoint> _target;
    private readonly Field<string> _health;

    public HttpSystemSection()
        : base("httpSystem")
    {
        Required("kind", new KindForm("http"), "Which kind of system it is.");
        _source = Required("source", EndpointForm.Http, "The version that is moved from.");
        _target = Required("target", EndpointForm.Http, "The version that is moved to.");
        _health = Optional("health", HttpPathForm.Instance, "A path that answers 2xx when the service is well.");
    }

    protected override SystemSpec Build(FieldValues values, ReadingContext context) => new HttpSystemSpec
    {
        Name = string.Empty,
        Source = values.Of(_source),
        Target = values.Of(_target),
        Health = values.Find(_health),
    };
}
