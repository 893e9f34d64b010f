using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A query to Prometheus.</summary>
internal sealed class PrometheusMetricSection : MappingForm<MetricSpec>
{
    private static readonly QueryForm Query = new("a query in PromQL, such as 'up{job=\"{side}\"}'");

    private readonly Field<Endpoint> _prometheus;
    private readonly Field<string> _query;
    private readonly Field<string> _source;
    private readonly Field<string> _target;
    private readonly Field<string> _samples;
    private readonly Field<TimeSpan> _timeout;

    public PrometheusMetricSection()
        : base("prometheusMetric")
    {
        _prometheus = Required("prometheus", EndpointForm.Http, "The base URL of the server.");
        _query = Required("query", Query, "PromQL that gives one value. `{side}` stands for the side's name below, `{window}` for the window in seconds.");
        _source = Optional("source", TextForm.Line, "The old side's name in the series.");
        _target = Optional("target", TextForm.Line, "The new side's name in the series.");
        _samples = Optional("samples", Query, "PromQL for the number of requests behind the value; without it the value is one sample.");
        _timeout = Optional("timeout", DurationForm.Instance, TimeSpan.FromSeconds(10), "For one query.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (!values.IsRead(_query))
        {
            return;
        }

        var names = new[] { _source, _target };
        var hasSides = values.Of(_query).Contains(PrometheusMetricSpec.SidePlaceholder, StringComparison.Ordinal);
        if (hasSides && names.FirstOrDefault(name => !values.IsGiven(name)) is { } missing)
        {
            context.Mistake(values.Node, $"the query has {PrometheusMetricSpec.SidePlaceholder} in it; the key '{missing.Name}' is missing, which says what stands for it.");
        }
        else if (!hasSides && names.FirstOrDefault(values.IsGiven) is { } useless)
        {
            context.MistakeWithin(useless.Name, values.NodeOf(useless), $"the query has no {PrometheusMetricSpec.SidePlaceholder} in it, so it measures the target only and this is not used.");
        }
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) => new PrometheusMetricSpec(values.Of(_prometheus), values.Of(_query))
    {
        Name = string.Empty,
        Source = values.Find(_source),
        Target = values.Find(_target),
        Samples = values.Find(_samples),
        Timeout = values.Of(_timeout),
    };
}
