using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What happens when a run fails.</summary>
internal sealed class RollbackSection : MappingForm<RollbackSpec>
{
    private static readonly RollbackSpec Default = new();

    private readonly Field<RollbackMode> _mode;
    private readonly Field<RollbackStyle> _style;
    private readonly Field<RollbackScope> _scope;
    private readonly Field<IReadOnlyList<string>> _triggers;
    private readonly Field<TimeSpan> _interval;
    private readonly Field<long> _minSamples;
    private readonly Field<TimeSpan> _maxDuration;

    public RollbackSection()
        : base("rollback")
    {
        _mode = Optional("mode", Choice.CamelNames<RollbackMode>(), Default.Mode, "Whether a failed run waits for a person or rolls itself back.");
        _style = Optional("style", Choice.CamelNames<RollbackStyle>(), Default.Style, "How traffic goes back.");
        _scope = Optional("scope", Choice.CamelNames<RollbackScope>(), Default.Scope, "How much goes back by itself when a phase fails (Phased): that phase alone, with the phases before it left as they were validated and the run held; or the whole run.");
        _triggers = Optional(
            "triggers",
            new ListForm<string>(ConditionForm.Instance, "a list of conditions such as 'error_rate > 5%'"),
            "Conditions that start a rollback.");
        _interval = Optional("interval", DurationForm.Instance, Default.Interval, "How long one look at the triggers lasts.");
        _minSamples = Optional("minSamples", new WholeNumberForm(1, 1_000_000), Default.MinSamples, "Requests that a look needs for a trigger to fire; looks with fewer are put together.");
        _maxDuration = Optional("maxDuration", DurationForm.Instance, "How long a rollback may take; one that takes longer is carried to its end all the same, and that is told.");
    }

    protected override RollbackSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Mode = values.Of(_mode),
        Style = values.Of(_style),
        Scope = values.Of(_scope),
        Triggers = values.Find(_triggers) ?? [],
        Interval = values.Of(_interval),
        MinSamples = (int)values.Of(_minSamples),
        MaxDuration = values.FindValue(_maxDuration),
    };
}
