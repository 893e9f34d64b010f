using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What JMeter wrote.</summary>
internal sealed class JMeterMetricSection : MappingForm<MetricSpec>
{
    private readonly Field<string> _file;
    private readonly Field<string> _label;
    private readonly Field<TimeSpan> _maxAge;

    public JMeterMetricSection()
        : base("jmeterMetric")
    {
        _file = Required("jmeter", new PathForm("a JTL file of JMeter, such as results/{side}.jtl"), "A JTL file, CSV or XML, also one that is being written; `{side}` stands for source or target, and without it the results are the target's.");
        _label = Optional("label", TextForm.Line, "Only samples with this label.");
        _maxAge = Optional("maxAge", DurationForm.Instance, "How old samples may be; of the measurement itself where it is not given.");
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) =>
        new LoadTestMetricSpec(LoadTestFormat.JMeter, values.Of(_file)) { Name = string.Empty, Label = values.Find(_label), MaxAge = values.FindValue(_maxAge) };
}
