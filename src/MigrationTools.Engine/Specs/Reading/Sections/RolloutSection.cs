using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>How a strategy that moves traffic goes about it.</summary>
internal sealed class RolloutSection : MappingForm<RolloutSpec>
{
    private static readonly RolloutSpec Default = new();

    private readonly Field<IReadOnlyList<decimal>> _weights;
    private readonly Field<GateSpec> _gate;
    private readonly Field<TimeSpan> _hold;
    private readonly Field<ApprovalSpec> _approval;
    private readonly Field<long> _maxUnavailable;
    private readonly Field<TimeSpan> _drainTimeout;
    private readonly Field<ParallelRunSpec> _parallelRun;

    public RolloutSection()
        : base("rollout")
    {
        _weights = Optional("weights", new WeightsForm(), Default.Weights, "Shares of the target in percent (Canary, StranglerFig).");
        _gate = Optional("gate", new GateSection(), "What is measured at each weight, and after a switch.");
        _hold = Optional("hold", DurationForm.Instance, "How long traffic stays at a weight at least, whatever was measured.");
        _approval = Optional("approval", new ApprovalSection(), "Given, with or without keys: a person must approve.");
        _maxUnavailable = Optional("maxUnavailable", new WholeNumberForm(1, 1000), Default.MaxUnavailable, "Units that may be out at a time (Rolling).");
        _drainTimeout = Optional("drainTimeout", DurationForm.Instance, Default.DrainTimeout, "How long a unit may take to end what it has before it is taken out all the same.");
        _parallelRun = Optional("parallelRun", new ParallelRunSection(), "How a parallel run asks and when it is sure.");
    }

    protected override RolloutSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Weights = values.Of(_weights),
        Gate = values.Find(_gate),
        Hold = values.FindValue(_hold) ?? Default.Hold,
        Approval = values.Find(_approval),
        MaxUnavailable = (int)values.Of(_maxUnavailable),
        DrainTimeout = values.Of(_drainTimeout),
        ParallelRun = values.Find(_parallelRun) ?? Default.ParallelRun,
    };
}
