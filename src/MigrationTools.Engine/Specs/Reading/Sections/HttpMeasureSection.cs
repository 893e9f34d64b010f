using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A request to an http system.</summary>
internal sealed class HttpMeasureSection : MappingForm<MeasureSpec>
{
    /// <summary>The statistic that is no latency.</summary>
    public const string Status = "status";

    private readonly Field<SystemReference> _http;
    private readonly Field<string> _path;
    private readonly Field<string> _statistic;

    public HttpMeasureSection()
        : base("httpMeasure")
    {
        _http = Required("http", new ReferenceForm("http", EndpointSide.Target), "The service that is asked.");
        _path = Required("path", HttpPathForm.Instance, "The request's path.");
        _statistic = Optional("statistic", Choice.Of(Status, "mean", "p50", "p95", "p99"), Status, "The status code, or a statistic of the latency in milliseconds.");
    }

    protected override MeasureSpec Build(FieldValues values, ReadingContext context)
    {
        var system = values.Of(_http);
        return new HttpMeasureSpec(system.System, system.Side ?? EndpointSide.Target, values.Of(_path), values.Of(_statistic));
    }
}
