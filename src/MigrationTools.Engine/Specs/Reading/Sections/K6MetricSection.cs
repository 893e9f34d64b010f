using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What k6 wrote.</summary>
internal sealed class K6MetricSection : MappingForm<MetricSpec>
{
    private readonly Field<string> _file;
    private readonly Field<TimeSpan> _maxAge;

    public K6MetricSection()
        : base("k6Metric")
    {
        _file = Required("k6", new PathForm("a summary of k6, such as results/{side}.json"), "What --summary-export or handleSummary wrote; `{side}` stands for source or target, and without it the results are the target's.");
        _maxAge = Optional("maxAge", DurationForm.Instance, "How old the file may be; written during the measurement where it is not given.");
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) =>
        new LoadTestMetricSpec(LoadTestFormat.K6, values.Of(_file)) { Name = string.Empty, MaxAge = values.FindValue(_maxAge) };
}
