using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What happens when a phase fails.</summary>
internal sealed class PhaseRollbackSection : MappingForm<PhaseRollbackSpec>
{
    private readonly Field<RollbackMode> _mode;
    private readonly Field<RollbackStyle> _style;
    private readonly Field<IReadOnlyList<string>> _triggers;
    private readonly Field<TimeSpan> _interval;
    private readonly Field<long> _minSamples;
    private readonly Field<TimeSpan> _maxDuration;

    public PhaseRollbackSection()
        : base("phaseRollback")
    {
        _mode = Optional("mode", Choice.CamelNames<RollbackMode>(), "Whether this phase, when it fails, waits for a person or is rolled back by itself.");
        _style = Optional("style", Choice.CamelNames<RollbackStyle>(), "How the traffic that this phase moved goes back.");
        _triggers = Optional(
            "triggers",
            new ListForm<string>(ConditionForm.Instance, "a list of conditions such as 'error_rate > 5%'"),
            "Conditions that start a rollback while this phase moves traffic, in the place of the spec's; an empty list for none.");
        _interval = Optional("interval", DurationForm.Instance, "How long one look at the triggers lasts.");
        _minSamples = Optional("minSamples", new WholeNumberForm(1, 1_000_000), "Requests that a look needs for a trigger to fire; looks with fewer are put together.");
        _maxDuration = Optional("maxDuration", DurationForm.Instance, "How long the rollback of this phase may take; one that takes longer is carried to its end all the same, and that is told.");
    }

    protected override PhaseRollbackSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Mode = values.FindValue(_mode),
        Style = values.FindValue(_style),
        Triggers = values.Find(_triggers),
        Interval = values.FindValue(_interval),
        MinSamples = (int?)values.FindValue(_minSamples),
        MaxDuration = values.FindValue(_maxDuration),
    };
}
