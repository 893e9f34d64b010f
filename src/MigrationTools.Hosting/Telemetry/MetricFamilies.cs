namespace MigrationTools.Hosting.Telemetry;

/// <summary>The metrics of a run. Each has the labels run and spec; docs/telemetry.md lists the others.</summary>
internal static class MetricFamilies
{
    public static MetricFamily RunStatus { get; } = Gauge("run.status", "{run}", "1 for the status that the run has, 0 for those it had before");

    public static MetricFamily RunStart { get; } = Gauge("run.start_time", "s", "When the run began, in seconds since 1970");

    public static MetricFamily RunEnd { get; } = Gauge("run.end_time", "s", "When the run ended or stopped, in seconds since 1970; absent while it is under way");

    public static MetricFamily RunLastEntry { get; } = Gauge("run.last_entry_time", "s", "When the last line was written to the run's journal, in seconds since 1970");

    public static MetricFamily RunSteps { get; } = Gauge("run.steps", "{step}", "Steps of the plan by what became of them");

    public static MetricFamily RunWaiting { get; } = Gauge("run.waiting", "{approval}", "Whether the run waits for a person's approval");

    public static MetricFamily StepDuration { get; } = Gauge("step.duration", "s", "How long the step took the last time; direction back is its compensation");

    public static MetricFamily RowsCopied { get; } = Counter("rows.copied", "{row}", "Rows copied by the step");

    public static MetricFamily RowsRejected { get; } = Counter("rows.rejected", "{row}", "Rows that the target refused and that were set aside");

    public static MetricFamily RowsCompared { get; } = Counter("rows.compared", "{row}", "Rows of the source that were compared with the target");

    public static MetricFamily RowsDifferent { get; } = Counter("rows.different", "{row}", "Rows that were found missing, extra or changed in the target");

    public static MetricFamily RowsCaughtUp { get; } = Counter("rows.caught_up", "{row}", "Rows that were inserted, updated or deleted in the target to catch up with the source");

    public static MetricFamily AnswersCompared { get; } = Counter("answers.compared", "{answer}", "Answers of both versions that a parallel run compared");

    public static MetricFamily AnswersDifferent { get; } = Counter("answers.different", "{answer}", "Of these, those that differ");

    public static MetricFamily TrafficShare { get; } = Gauge("traffic.share", "1", "Share of a lane's new requests that goes to the target, as the router said when it was read back");

    public static MetricFamily TrafficReturn { get; } = Gauge("traffic.return_time", "s", "From the first bad sample of a trigger that fired until all traffic was seen back on the old side");

    public static MetricFamily GateFigure { get; } = Gauge("gate.figure", "", "A figure of the gate's last measurement, also while it is watched: times in milliseconds, rates as shares of 1, as conditions read them");

    public static MetricFamily GateLimit { get; } = Gauge("gate.limit", "", "What the condition compares the figure with, in the figure's unit, at the gate's last measurement");

    public static MetricFamily GateHolds { get; } = Gauge("gate.condition", "{condition}", "1 where the condition held at the gate's last measurement, 0 where it did not; absent where it is not known");

    public static MetricFamily GateSamples { get; } = Gauge("gate.samples", "{sample}", "Samples behind the gate's last measurement");

    public static MetricFamily GateMeasurements { get; } = Gauge("gate.measurements", "{measurement}", "Measurements of the gate by verdict");

    public static MetricFamily Verdicts { get; } = Counter("verdicts", "{verdict}", "Verdicts in the run's journal, of checks, gates, steps and compensations");

    public static MetricFamily Alarms { get; } = Counter("alarms", "{alarm}", "Times that a trigger stopped the run");

    public static IReadOnlyList<MetricFamily> All { get; } =
    [
        RunStatus, RunStart, RunEnd, RunLastEntry, RunSteps, RunWaiting, StepDuration, RowsCopied, RowsRejected, RowsCompared, RowsDifferent, RowsCaughtUp,
        AnswersCompared, AnswersDifferent, TrafficShare, TrafficReturn, GateFigure, GateLimit, GateHolds, GateSamples, GateMeasurements, Verdicts, Alarms,
    ];

    private static MetricFamily Gauge(string name, string unit, string help) => new($"migrationtools.{name}", MetricKind.Gauge, unit, help);

    private static MetricFamily Counter(string name, string unit, string help) => new($"migrationtools.{name}", MetricKind.Counter, unit, help);
}
