using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Requests that the tool sends.</summary>
internal sealed class HttpMetricSection : MappingForm<MetricSpec>
{
    private static readonly HttpMetricSpec Default = new("", "") { Name = "" };

    private readonly Field<SystemReference> _http;
    private readonly Field<string> _path;
    private readonly Field<double> _rate;
    private readonly Field<TimeSpan> _timeout;
    private readonly Field<IReadOnlyList<string>> _expectStatus;
    private readonly Field<Expectation> _body;

    public HttpMetricSection()
        : base("httpMetric")
    {
        _http = Required("http", new ReferenceForm("http"), "The service whose sides are asked.");
        _path = Required("path", HttpPathForm.Instance, "The request's path.");
        _rate = Optional("rate", new RateForm(1000), Default.RatePerSecond, "Requests to each side, sent on time whether answers come or not.");
        _timeout = Optional("timeout", DurationForm.Instance, Default.Timeout, "Until the end of an answer; a request that takes longer failed.");
        _expectStatus = Optional("expectStatus", new HttpStatusesForm(), Default.ExpectStatus, "Statuses of a request that succeeded.");
        _body = Optional("body", ExpectationForm.Instance, "What the body of a request that succeeded says.");
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) => new HttpMetricSpec(values.Of(_http).System, values.Of(_path))
    {
        Name = string.Empty,
        Side = values.Of(_http).Side,
        RatePerSecond = values.Of(_rate),
        Timeout = values.Of(_timeout),
        ExpectStatus = values.Of(_expectStatus),
        Body = values.Find(_body),
    };
}
