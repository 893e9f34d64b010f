using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Reports.JUnit;

/// <summary>One test case: a check, a step, a compensation, or the migration itself.</summary>
internal sealed record JUnitCase
{
    public required string Name { get; init; }

    public required JUnitOutcome Outcome { get; init; }

    /// <summary>The verdict's name.</summary>
    public required string Type { get; init; }

    public required string Message { get; init; }

    /// <summary>What stands inside a failure or an error.</summary>
    public string Detail { get; init; } = "";

    public string Output { get; init; } = "";

    public double Milliseconds { get; init; }

    /// <summary>The mapping of verdicts. Only what was seen to pass, or what a person answers for, passes.</summary>
    public static JUnitOutcome OutcomeOf(Verdict verdict) => verdict switch
    {
        Verdict.Passed or Verdict.Waived => JUnitOutcome.Passed,
        Verdict.Failed => JUnitOutcome.Failure,
        Verdict.Skipped => JUnitOutcome.Skipped,
        _ => JUnitOutcome.Error,
    };

    public static JUnitCase Of(CheckResult check)
    {
        var outcome = OutcomeOf(check.Verdict);

        // What the migration does not need can't fail it, and has not passed either.
        var optional = !check.Required && outcome is JUnitOutcome.Failure or JUnitOutcome.Error;
        var evidence = string.Join('\n', check.Evidence.Select(Line));
        var waiver = check.Waiver is { } by ? $"Waived by {by.Who} at {Figures.Moment(by.At)}: {by.Why}" : "";
        return new JUnitCase
        {
            Name = $"{check.Name} [{check.Id}]",
            Outcome = optional ? JUnitOutcome.Skipped : outcome,
            Type = check.Verdict.ToString(),
            Message = optional ? $"not required; {check.Verdict}: {check.Message}" : $"{check.Verdict}: {check.Message}",
            Detail = Lines(check.Message, check.Remedy is null ? "" : $"To do: {check.Remedy}"),
            Output = Lines(waiver, check.Verdict == Verdict.Waived ? check.Message : "", evidence),
            Milliseconds = check.Duration.TotalMilliseconds,
        };
    }

    public static JUnitCase Of(ReportStep step) => new()
    {
        Name = $"{step.Description} [{step.Id}]",
        Outcome = OutcomeOf(step.Verdict),
        Type = step.Verdict.ToString(),
        Message = $"{step.Verdict}: {step.Error ?? step.Summary ?? "nothing was seen of it"}",
        Detail = Lines(step.ErrorId ?? "", step.Error ?? "", step.Looked ?? ""),
        Output = Lines(
            step.Summary ?? "",
            step.Status == StepStatus.Compensated ? "It was undone afterwards: see the suite 'rollback'." : "",
            string.Join('\n', step.Evidence.Select(Line))),
        Milliseconds = step.DurationMs ?? 0,
    };

    public static JUnitCase Of(ReportGate gate) => new()
    {
        Name = $"{gate.Name} [after {gate.StepId}]",
        Outcome = OutcomeOf(gate.Verdict),
        Type = gate.Verdict.ToString(),
        Message = $"{gate.Verdict}: {gate.Message}",
        Detail = gate.Message,
        Output = gate.Value is null ? "" : $"integrity score {Figures.Percent(gate.Value)}{(gate.Limit is null ? "" : $", at least {Figures.Percent(gate.Limit)} asked for")}",
    };

    public static JUnitCase Of(ReportCompensation compensation) => new()
    {
        Name = $"undo {compensation.StepId}: {compensation.Description}",
        Outcome = OutcomeOf(compensation.Verdict),
        Type = compensation.Verdict.ToString(),
        Message = $"{compensation.Verdict}: {compensation.Error ?? compensation.Seen ?? "nothing was seen of it"}",
        Detail = Lines(compensation.ErrorId ?? "", compensation.Error ?? ""),
        Output = Lines(compensation.Seen ?? "", string.Join('\n', compensation.Evidence.Select(Line))),
        Milliseconds = compensation is { StartedAt: { } from, EndedAt: { } to } && to >= from ? (to - from).TotalMilliseconds : 0,
    };

    /// <summary>
    /// The migration as a whole. One that was rolled back is not in place, whatever its rollback's verdict: it is skipped where every step had
    /// passed before somebody took it back, and a failure otherwise.
    /// </summary>
    public static JUnitCase OfRun(RunReport report)
    {
        var outcome = report.Status switch
        {
            RunStatus.Completed => OutcomeOf(report.Verdict),
            RunStatus.RolledBack => report.MigrationVerdict.LetsPass() ? JUnitOutcome.Skipped : JUnitOutcome.Failure,
            RunStatus.NotReady or RunStatus.Failed => JUnitOutcome.Failure,
            _ => JUnitOutcome.Error,
        };
        return new JUnitCase
        {
            Name = "the migration is complete",
            Outcome = outcome,
            Type = report.Status.ToString(),
            Message = $"{report.Status}: {report.Message}",
            Detail = string.Join('\n', report.NextSteps.Select(step => step.Command is null ? step.Text : $"{step.Text} {step.Command}")),
            Output = string.Create(CultureInfo.InvariantCulture, $"run {report.RunId}, {report.Status}, verdict {report.Verdict}; {Figures.ChecksRun(report.Checks.Run, report.Checks.Required)}"),
            Milliseconds = report.DurationMs ?? 0,
        };
    }

    private static string Line(Evidence evidence) =>
        $"{evidence.Source} → {evidence.Observed ?? "nothing"}{(evidence.Expected is null ? "" : $" (expected {evidence.Expected})")}{(evidence.Endpoint is null ? "" : $" at {evidence.Endpoint}")}, {Figures.Moment(evidence.At)}";

    private static string Lines(params string[] lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}
