using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Gates.Judging;
using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>Makes check results of what a gate measured.</summary>
internal sealed class GateReport(string stage, GateSpec gate, GateTally tally)
{
    private const string Category = "gate";

    /// <summary>A gate may be watched for a day; of more measurements the last are kept as evidence, and all are counted.</summary>
    private const int MostEvidence = 100;

    public GateOutcome Outcome(GateEnd end, DateTimeOffset at)
    {
        var (latencies, errors) = end == GateEnd.Completed && tally.Judge is { Metric: not null } judge ? judge.Decide() : default;
        var checks = new List<CheckResult> { OfMeasurements(end, at) };
        checks.AddRange(tally.Conditions.Select((condition, index) => OfCondition(condition, index, end)));
        if (tally.Judge is not null)
        {
            checks.Add(OfJudge(latencies, errors, at));
        }

        var verdict = Verdicts.Combine(checks);
        var reason = checks.FirstOrDefault(check => check.Verdict == verdict && verdict != Verdict.Passed)?.Message;
        return new GateOutcome(verdict, end, reason is null || reason == checks[0].Message ? checks[0].Message : $"{checks[0].Message}; {reason}")
        {
            Checks = checks,
            Measurements = tally.Measurements,
            Latencies = latencies,
            Errors = errors,
        };
    }

    private CheckResult OfMeasurements(GateEnd end, DateTimeOffset at)
    {
        var counted = string.Create(CultureInfo.InvariantCulture, $"{tally.Taken} of {gate.Count} measurements taken: {tally.Held} held, {tally.Failed} failed ({gate.FailureLimit} may), {tally.Inconclusive} were inconclusive ({gate.InconclusiveLimit} may), {tally.Broken} broke");
        var broken = tally.Measurements.LastOrDefault(measurement => measurement.Broken.Count > 0)?.Broken[0];
        return new CheckResult
        {
            Id = Id("measurements"),
            Name = $"The gate {stage} is measured",
            Verdict = VerdictOf(end),
            Message = end switch
            {
                GateEnd.NothingToMeasure => "the gate has neither a condition nor a judge, so nothing was measured",
                GateEnd.Deadline => $"the deadline passed first; {counted}",
                GateEnd.Cancelled => $"cancelled before its end; {counted}",
                _ => counted,
            } + (broken is null ? "" : $"; the last to break: {broken}"),
            Category = Category,
            Evidence = [new Evidence($"gate {stage}", counted, at) { Expected = string.Create(CultureInfo.InvariantCulture, $"{gate.Count} measurements of {gate.Interval.TotalSeconds:0.###} s") }],
        };
    }

    private Verdict VerdictOf(GateEnd end) => end switch
    {
        GateEnd.Completed => tally.Held > 0 ? Verdict.Passed : Verdict.Failed,
        GateEnd.Failures => Verdict.Failed,
        GateEnd.Errors => Verdict.Error,
        GateEnd.NothingToMeasure => Verdict.NotRun,
        _ when tally.Measurements.Count == 0 => Verdict.NotRun,
        GateEnd.Deadline when tally.Measurements[^1].Verdict == Verdict.Error => Verdict.Error,
        _ => Verdict.Inconclusive,
    };

    private CheckResult OfCondition(Condition condition, int index, GateEnd end)
    {
        var seen = tally.Measurements.Select(measurement => (measurement.To, Outcome: measurement.Conditions[index])).ToList();
        int CountOf(ConditionAnswer answer) => seen.Count(one => one.Outcome.Answer == answer);
        var (held, failed, unknown) = (CountOf(ConditionAnswer.Holds), CountOf(ConditionAnswer.Fails), CountOf(ConditionAnswer.Unknown));
        var worst = seen.LastOrDefault(one => one.Outcome.Answer == ConditionAnswer.Fails).Outcome ?? seen.LastOrDefault(one => one.Outcome.Answer == ConditionAnswer.Unknown).Outcome ?? seen.LastOrDefault().Outcome;
        return new CheckResult
        {
            Id = Id(CheckIds.PartOf(condition.Text)),
            Name = condition.Text,
            Verdict = end switch
            {
                GateEnd.Completed => held > 0 ? Verdict.Passed : failed > 0 ? Verdict.Failed : Verdict.Inconclusive,
                GateEnd.Failures when failed > 0 => Verdict.Failed,
                _ => seen.Count == 0 ? Verdict.NotRun : Verdict.Inconclusive,
            },
            Message = seen.Count == 0 ? "was not measured" : string.Create(CultureInfo.InvariantCulture, $"held {held} times, failed {failed}, not known {unknown}; {worst?.Seen}"),
            Category = Category,
            Evidence = [.. seen.TakeLast(MostEvidence).Select(one => new Evidence(condition.ToString(), $"{one.Outcome.Answer}: {one.Outcome.Seen}", one.To) { Expected = condition.Text })],
        };
    }

    private CheckResult OfJudge(LatencyJudgement? latencies, ErrorJudgement? errors, DateTimeOffset at)
    {
        var check = new CheckResult { Id = Id("judge"), Name = "The new side is not worse than the old one", Category = Category };
        if (latencies is null || errors is null)
        {
            return tally.Judge!.Metric is null
                ? check with { Verdict = Verdict.Inconclusive, Message = "no metric times requests of both sides, so there is nothing to judge" }
                : check with { Verdict = Verdict.NotRun, Message = "was not asked, for the measurements were not completed" };
        }

        return check with
        {
            Verdict = GateJudge.VerdictOf(latencies, errors),
            Message = $"latency: {latencies.Message}; errors: {errors.Message}",
            Evidence =
            [
                new Evidence($"Mann–Whitney test of {tally.Judge!.Metric}'s latencies", latencies.Message, at) { Expected = string.Create(CultureInfo.InvariantCulture, $"at most {gate.Judge!.Tolerance:P0} slower, with {gate.Judge.Confidence:P1} confidence") },
                new Evidence($"Fisher's test of {tally.Judge.Metric}'s failed requests", errors.Message, at) { Expected = "no more failures than the old side has" },
            ],
        };
    }

    private string Id(string item) => CheckIds.Of(Category, CheckIds.PartOf(stage), item);
}
