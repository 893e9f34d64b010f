using System.Globalization;

namespace MigrationTools.Engine.Gates.Judging;

/// <summary>
/// Judges latencies by the Mann–Whitney U test, which asks nothing of their distribution. The tolerance is part of the question: the old side's latencies are
/// multiplied by 1 + tolerance, so that "worse" means worse by more than that. And "no worse" is a finding of its own, by the same test the other way
/// round: where neither can be shown there is not enough data, however the medians look. "Worse" is also a tail that is (<see cref="TailTest"/>); the two tests share the false alarms that
/// the confidence allows. One look at one set of samples: a caller who looks again and
/// again until an answer suits him has another error rate than the one stated. The same samples give the same answer.
/// </summary>
public static class LatencyJudge
{
    /// <summary>Compares the sides.</summary>
    /// <param name="baseline">Milliseconds of the old side, in any order.</param>
    /// <param name="canary">Milliseconds of the new side, taken at the same time.</param>
    /// <param name="tolerance">By how much the new side may be slower, as a share; more than 0.</param>
    /// <param name="confidence">0.5 to less than 1.</param>
    /// <param name="minSamples">Samples that each side must have.</param>
    /// <exception cref="ArgumentException">A latency is not a finite number from 0 on.</exception>
    public static LatencyJudgement Judge(IReadOnlyList<double> baseline, IReadOnlyList<double> canary, double tolerance, double confidence, int minSamples)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(canary);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(confidence, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var (old, @new) = (Sorted(baseline, nameof(baseline)), Sorted(canary, nameof(canary)));
        if (old.Length < Math.Max(1, minSamples) || @new.Length < Math.Max(1, minSamples))
        {
            return new LatencyJudgement
            {
                Confidence = confidence,
                Tolerance = tolerance,
                BaselineSamples = old.Length,
                CanarySamples = @new.Length,
                Message = string.Create(CultureInfo.InvariantCulture, $"not enough data: {old.Length} latencies of the baseline and {@new.Length} of the canary, of {Math.Max(1, minSamples)} each that it takes"),
            };
        }

        var (answer, worse, tail) = Decide(old, @new, tolerance, confidence);
        var ratio = RatioInterval.Of(old, @new, confidence);
        return new LatencyJudgement
        {
            Answer = answer,
            Confidence = confidence,
            Tolerance = tolerance,
            BaselineSamples = old.Length,
            CanarySamples = @new.Length,
            Ratio = ratio.Estimate,
            RatioLow = ratio.Low,
            RatioHigh = ratio.High,
            ProbabilitySlower = MannWhitney.Of(old, @new).ProbabilityGreater,
            WorseP = worse.GreaterP,
            NotWorseP = worse.LessP,
            TailWorseP = tail.GreaterP,
            Message = Describe(answer, ratio, tolerance, confidence, old.Length, @new.Length)
                + (answer == JudgeAnswer.Worse && tail.GreaterP < worse.GreaterP ? Describe(tail, tolerance, old.Length, @new.Length) : ""),
        };
    }

    /// <summary>The answer alone, of samples in rising order.</summary>
    internal static (JudgeAnswer Answer, MannWhitney Worse, TailTest Tail) Decide(double[] baseline, double[] canary, double tolerance, double confidence)
    {
        // Two tests ask for worse, so each gets half of the false alarms (Bonferroni).
        var alpha = 1 - confidence;
        var scaled = Scaled(baseline, tolerance);
        var (worse, tail) = (MannWhitney.Of(scaled, canary), TailTest.Of(scaled, canary));
        if (worse.GreaterP < alpha / 2 || tail.GreaterP < alpha / 2)
        {
            return (JudgeAnswer.Worse, worse, tail);
        }

        if (worse.LessP >= alpha)
        {
            return (JudgeAnswer.NotEnoughData, worse, tail);
        }

        var other = Scaled(canary, tolerance);
        var isBetter = MannWhitney.Of(other, baseline).GreaterP < alpha / 2 || TailTest.Of(other, baseline).GreaterP < alpha / 2;
        return (isBetter ? JudgeAnswer.Better : JudgeAnswer.Same, worse, tail);
    }

    private static double[] Scaled(double[] sorted, double tolerance) => Array.ConvertAll(sorted, value => value * (1 + tolerance));

    private static double[] Sorted(IReadOnlyList<double> values, string name)
    {
        if (values.Any(value => !double.IsFinite(value) || value < 0))
        {
            throw new ArgumentException("A latency is a finite number of milliseconds, not below 0.", name);
        }

        return [.. values.Order()];
    }

    private static string Describe(JudgeAnswer answer, RatioInterval ratio, double tolerance, double confidence, int baseline, int canary)
    {
        var finding = answer switch
        {
            JudgeAnswer.Worse => "worse by more than the tolerance",
            JudgeAnswer.Better => "better by more than the tolerance",
            JudgeAnswer.Same => "not worse by more than the tolerance",
            _ => "not enough data to tell",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{finding} of {tolerance:0.##%}: the canary takes {ratio.Estimate:0.###} times the baseline's time ({ratio.Low:0.###} to {ratio.High:0.###}, each bound at {confidence:0.##%}; {baseline} and {canary} samples)");
    }

    private static string Describe(TailTest tail, double tolerance, int baseline, int canary) => string.Create(
        CultureInfo.InvariantCulture,
        $". Its slowest requests decide: {(double)tail.RightAbove / canary:0.#%} take longer than {tail.Border:0.###} ms, of the baseline's (with the tolerance of {tolerance:0.##%} added) {(double)tail.LeftAbove / baseline:0.#%}");
}
