using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Where measurements come from; the key that names the source says which other keys there are.</summary>
internal sealed class MetricForm() : KeyedForm<MetricSpec>(
    "metric",
    new Dictionary<string, MappingForm<MetricSpec>>(StringComparer.Ordinal)
    {
        ["http"] = new HttpMetricSection(),
        ["prometheus"] = new PrometheusMetricSection(),
        ["sql"] = new SqlMetricSection(),
        ["router"] = new RouterMetricSection(),
        ["command"] = new CommandMetricSection(),
        ["k6"] = new K6MetricSection(),
        ["jmeter"] = new JMeterMetricSection(),
    });
