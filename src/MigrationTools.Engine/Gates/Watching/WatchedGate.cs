using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>
/// A gate while it is watched, for who looks at the run meanwhile. It is shown beside the journal, overwritten with each showing and gone with the watch: no evidence,
/// and without a verdict, which the gate gives at its end.
/// </summary>
public sealed record WatchedGate
{
    /// <summary>The step that watches.</summary>
    public string Step { get; init; } = "";

    /// <summary>Number of the journal entry with which the watch began: what an earlier watch of the same step left is told by it.</summary>
    public long Intent { get; init; }

    /// <summary>What the gate stands before, such as "canary at 25 %".</summary>
    public required string Stage { get; init; }

    /// <summary>When it began to measure.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends whatever was measured.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>When the last measurement ended; null before the first did.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>What the last measurement said by itself: Passed where all held. The gate has decided nothing by it; null before the first.</summary>
    public Verdict? LastMeasurement { get; init; }

    /// <summary>How long a measurement lasts.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Measurements that must be taken.</summary>
    public required int Count { get; init; }

    /// <summary>Measurements that held.</summary>
    public int Held { get; init; }

    /// <summary>Measurements that failed.</summary>
    public int Failed { get; init; }

    /// <summary>How many may.</summary>
    public int FailureLimit { get; init; }

    /// <summary>Measurements that were inconclusive, and are taken again.</summary>
    public int Inconclusive { get; init; }

    /// <summary>How many may be.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>Measurements that broke, and are taken again.</summary>
    public int Broken { get; init; }

    /// <summary>Measurements that broke since the last that did not.</summary>
    public int ErrorsInARow { get; init; }

    /// <summary>How many in a row may.</summary>
    public int ConsecutiveErrorLimit { get; init; }

    /// <summary>Samples of each side that a measurement needs.</summary>
    public int MinSamples { get; init; }

    /// <summary>What becomes of the run where the gate can't be judged.</summary>
    public GateFallback OnInconclusive { get; init; }

    /// <summary>The shares that stand while it is watched: lane → percent to the new side.</summary>
    public IReadOnlyDictionary<string, decimal> Shares { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Each condition with its values and limits at the last measurement.</summary>
    public IReadOnlyList<GateReading> Conditions { get; init; } = [];

    /// <summary>What was seen of each side at the last measurement.</summary>
    public IReadOnlyList<GateSide> Sides { get; init; } = [];

    /// <summary>The metric that the judge compares when all is measured; null where there is no judge.</summary>
    public string? Judges { get; init; }

    /// <summary>What broke at the last measurement.</summary>
    public IReadOnlyList<string> BrokenBy { get; init; } = [];

    /// <summary>Measurements that said something.</summary>
    public int Taken => Held + Failed;

    /// <summary>What it waits for, for people.</summary>
    public string WaitsFor
    {
        get
        {
            var left = Math.Max(0, Count - Taken);
            var what = left == 0 ? "its end" : string.Create(CultureInfo.InvariantCulture, $"{left} of {Count} measurements of {Interval.TotalSeconds:0.###} s");
            var samples = MinSamples > 0 && left > 0 ? string.Create(CultureInfo.InvariantCulture, $", each with {MinSamples} samples of a side") : "";
            return $"{what}{samples}{(Judges is null ? "" : $"; then the judge compares both sides' {Judges}")}";
        }
    }

    /// <summary>How near it is to its limits, for people.</summary>
    public string Counts => string.Create(
        CultureInfo.InvariantCulture,
        $"{Held} held, {Failed} failed ({FailureLimit} may), {Inconclusive} inconclusive ({InconclusiveLimit} may), {ErrorsInARow} broke in a row ({ConsecutiveErrorLimit} may)");

    /// <summary>The stage, how far it is, and each figure against its limit, in one line.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Stage}: {Taken} of {Count} measured{Figures()}");

    private string Figures()
    {
        var limited = Conditions.SelectMany(condition => condition.Figures).Where(figure => figure.Comparison is not null || figure.Missing is not null).ToList();
        return limited.Count == 0 ? "" : "; " + string.Join(", ", limited.Select(figure => figure.Missing is null ? $"{figure.Figure} {figure.Now} ({figure.May})" : $"{figure.Figure}: {figure.Missing}"));
    }
}
