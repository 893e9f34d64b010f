using System.Globalization;

namespace MigrationTools.Engine.Gates.Judging;

/// <summary>
/// Judges two shares of failed requests: by Fisher's exact test, which holds for few requests and few failures, whether one side fails more; and by Newcombe's
/// interval of the difference (Statistics in Medicine 17, 1998, method 10) whether it can be ruled out that the new side fails more by a margin.
/// </summary>
public static class ErrorJudge
{
    /// <summary>Compares the sides.</summary>
    /// <param name="baseline">Requests and failures of the old side.</param>
    /// <param name="canary">Requests and failures of the new side, at the same time.</param>
    /// <param name="margin">The difference of the shares, 0 to 1, that must be ruled out for "same".</param>
    /// <param name="confidence">0.5 to less than 1.</param>
    /// <param name="minSamples">Requests that each side must have.</param>
    public static ErrorJudgement Judge((long Requests, long Errors) baseline, (long Requests, long Errors) canary, double margin, double confidence, long minSamples)
    {
        foreach (var (requests, errors) in new[] { baseline, canary })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(errors);
            ArgumentOutOfRangeException.ThrowIfLessThan(requests, errors);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(confidence, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var judgement = new ErrorJudgement
        {
            Confidence = confidence,
            BaselineRequests = baseline.Requests,
            BaselineErrors = baseline.Errors,
            CanaryRequests = canary.Requests,
            CanaryErrors = canary.Errors,
            Message = "not enough data",
        };
        if (baseline.Requests < Math.Max(1, minSamples) || canary.Requests < Math.Max(1, minSamples))
        {
            return judgement with { Message = string.Create(CultureInfo.InvariantCulture, $"not enough data: {baseline.Requests} and {canary.Requests} requests, of {Math.Max(1, minSamples)} each that it takes") };
        }

        var alpha = 1 - confidence;
        var worse = Fisher.AtLeast(canary.Errors, canary.Requests, canary.Errors + baseline.Errors, canary.Requests + baseline.Requests);
        var better = Fisher.AtLeast(baseline.Errors, baseline.Requests, canary.Errors + baseline.Errors, canary.Requests + baseline.Requests);
        var (low, high) = Newcombe(baseline, canary, confidence);
        var answer = worse < alpha ? JudgeAnswer.Worse : better < alpha ? JudgeAnswer.Better : high <= margin ? JudgeAnswer.Same : JudgeAnswer.NotEnoughData;
        return judgement with
        {
            Answer = answer,
            Difference = Share(canary) - Share(baseline),
            DifferenceLow = low,
            DifferenceHigh = high,
            WorseP = worse,
            Message = Describe(answer, baseline, canary, low, high, confidence),
        };
    }

    private static double Share((long Requests, long Errors) side) => (double)side.Errors / side.Requests;

    private static (double Low, double High) Newcombe((long Requests, long Errors) baseline, (long Requests, long Errors) canary, double confidence)
    {
        var z = NormalDistribution.Quantile(confidence);
        var (old, @new) = (Share(baseline), Share(canary));
        var ((oldLow, oldHigh), (newLow, newHigh)) = (Wilson(baseline, z), Wilson(canary, z));
        var difference = @new - old;
        return (difference - Length(@new - newLow, oldHigh - old), difference + Length(newHigh - @new, old - oldLow));
    }

    /// <summary>Wilson's score interval of one share.</summary>
    private static (double Low, double High) Wilson((long Requests, long Errors) side, double z)
    {
        var (n, share) = (side.Requests, Share(side));
        var centre = share + (z * z / (2 * n));
        var half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4.0 * n * n)));
        var whole = 1 + (z * z / n);
        return (Math.Max(0, (centre - half) / whole), Math.Min(1, (centre + half) / whole));
    }

    private static double Length(double one, double other) => Math.Sqrt((one * one) + (other * other));

    private static string Describe(JudgeAnswer answer, (long Requests, long Errors) baseline, (long Requests, long Errors) canary, double low, double high, double confidence)
    {
        var finding = answer switch
        {
            JudgeAnswer.Worse => "the canary fails more",
            JudgeAnswer.Better => "the canary fails less",
            JudgeAnswer.Same => "the canary does not fail more",
            _ => "that the canary fails more was not shown, nor that it does not",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{finding}: {canary.Errors} of {canary.Requests} requests against {baseline.Errors} of {baseline.Requests} (difference {low:0.##%} to {high:0.##%}, each bound at {confidence:0.##%})");
    }
}
