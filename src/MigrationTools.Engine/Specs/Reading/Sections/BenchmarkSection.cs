using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A measured performance figure and its limits.</summary>
internal sealed class BenchmarkSection : MappingForm<BenchmarkSpec>
{
    private readonly Field<MeasureSpec> _measure;
    private readonly Field<TimeSpan> _baseline;
    private readonly Field<TimeSpan> _acceptable;
    private readonly Field<TimeSpan> _critical;

    public BenchmarkSection()
        : base("benchmark")
    {
        _measure = Required("measure", new MeasureForm(), "Where the figure comes from; in milliseconds.");
        _baseline = Optional("baseline", DurationForm.Instance, "The figure of the source, as it was measured before.");
        _acceptable = Optional("acceptable", DurationForm.Instance, "Up to this it is well.");
        _critical = Optional("critical", DurationForm.Instance, "Above this it fails.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_measure) is HttpMeasureSpec { Statistic: HttpMeasureSection.Status })
        {
            context.MistakeWithin(_measure.Name, values.NodeOf(_measure), "a benchmark measures latency; add 'statistic': mean, p50, p95 or p99.");
        }

        var limits = new[] { _baseline, _acceptable, _critical }.Where(values.IsRead).ToList();
        foreach (var (smaller, larger) in limits.Zip(limits.Skip(1)).Where(pair => values.Of(pair.First) > values.Of(pair.Second)))
        {
            context.Mistake(values.NodeOf(larger), $"'{larger.Name}' is smaller than '{smaller.Name}'; expected baseline ≤ acceptable ≤ critical.");
        }
    }

    protected override BenchmarkSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Name = string.Empty,
        Measure = values.Of(_measure),
        Baseline = values.FindValue(_baseline)?.TotalMilliseconds,
        Acceptable = values.FindValue(_acceptable)?.TotalMilliseconds,
        Critical = values.FindValue(_critical)?.TotalMilliseconds,
    };
}
