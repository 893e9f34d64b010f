using System.Globalization;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What must be measured before a run goes on.</summary>
internal sealed class GateSection : MappingForm<GateSpec>
{
    private static readonly GateSpec Default = new();

    private readonly Field<IReadOnlyList<string>> _conditions;
    private readonly Field<JudgeSpec> _judge;
    private readonly Field<TimeSpan> _interval;
    private readonly Field<long> _count;
    private readonly Field<long> _minSamples;
    private readonly Field<long> _failureLimit;
    private readonly Field<long> _inconclusiveLimit;
    private readonly Field<long> _consecutiveErrorLimit;
    private readonly Field<TimeSpan> _deadline;
    private readonly Field<GateFallback> _onInconclusive;

    public GateSection()
        : base("gate")
    {
        _conditions = Optional("conditions", new ListForm<string>(ConditionForm.Instance, "a list of conditions such as 'p95 < 250ms'", ListItems.Unique), "What must hold, all of it.");
        _judge = Optional("judge", new JudgeSection(), "Given, with or without keys: the new side's latencies and errors are judged against the old side's.");
        _interval = Optional("interval", DurationForm.Instance, Default.Interval, "How long one measurement lasts.");
        _count = Optional("count", new WholeNumberForm(1, 100_000), Default.Count, "Measurements that must be taken.");
        _minSamples = Optional("minSamples", new WholeNumberForm(1, 10_000_000), Default.MinSamples, "Requests of a side that a measurement needs to say anything.");
        _failureLimit = Optional("failureLimit", new WholeNumberForm(0, 100_000), Default.FailureLimit, "Measurements that may fail; one more fails the gate.");
        _inconclusiveLimit = Optional("inconclusiveLimit", new WholeNumberForm(0, 100_000), Default.InconclusiveLimit, "Measurements that may be inconclusive; one more makes the gate inconclusive.");
        _consecutiveErrorLimit = Optional("consecutiveErrorLimit", new WholeNumberForm(0, 100_000), Default.ConsecutiveErrorLimit, "Measurements in a row that may break; one more makes the gate an error.");
        _deadline = Optional("deadline", DurationForm.Instance, "When waiting for enough measurements ends; three times count × interval where it is not given.");
        _onInconclusive = Optional("onInconclusive", Choice.CamelNames<GateFallback>(), Default.OnInconclusive, "What becomes of a gate that could not be judged.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.IsRead(_conditions) && values.Of(_conditions).Count == 0)
        {
            context.MistakeWithin(_conditions.Name, values.NodeOf(_conditions), "there is no condition; expected at least one, or a judge and no 'conditions'.");
        }
        else if (!values.IsGiven(_conditions) && !values.IsGiven(_judge))
        {
            context.Mistake(values.Node, "a gate without 'conditions' and without a 'judge' measures nothing.");
        }

        if (values.IsRead(_failureLimit) && values.Of(_failureLimit) >= values.Of(_count))
        {
            context.MistakeWithin(_failureLimit.Name, values.NodeOf(_failureLimit), string.Create(CultureInfo.InvariantCulture, $"all {values.Of(_count)} measurements may fail by this; expected less than 'count'."));
        }

        if (values.IsRead(_deadline) && values.Of(_deadline) < values.Of(_interval) * values.Of(_count))
        {
            context.MistakeWithin(_deadline.Name, values.NodeOf(_deadline), "ends before 'count' measurements of 'interval' can be taken.");
        }
    }

    protected override GateSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Conditions = values.Find(_conditions) ?? [],
        Judge = values.Find(_judge),
        Interval = values.Of(_interval),
        Count = (int)values.Of(_count),
        MinSamples = (int)values.Of(_minSamples),
        FailureLimit = (int)values.Of(_failureLimit),
        InconclusiveLimit = (int)values.Of(_inconclusiveLimit),
        ConsecutiveErrorLimit = (int)values.Of(_consecutiveErrorLimit),
        Deadline = values.FindValue(_deadline),
        OnInconclusive = values.Of(_onInconclusive),
    };
}
