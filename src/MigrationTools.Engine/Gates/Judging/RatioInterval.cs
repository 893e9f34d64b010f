namespace MigrationTools.Engine.Gates.Judging;

/// <summary>
/// By which factor the second sample is greater: Hodges and Lehmann's estimate, which is the median of all pairs' ratios, with the bounds that belong to the
/// Mann–Whitney test (Hollander, Wolfe and Chicken, sections 4.2 and 4.3, on logarithms).
/// </summary>
internal readonly record struct RatioInterval(double Estimate, double Low, double High)
{
    /// <summary>What is shorter counts as this: a clock of milliseconds says 0, of which there is no multiple.</summary>
    private const double Shortest = 0.001;

    /// <summary>Of two samples in rising order.</summary>
    /// <param name="first">The one that is 1.</param>
    /// <param name="second">The one that is a multiple of it.</param>
    /// <param name="confidence">Of each bound on its own.</param>
    public static RatioInterval Of(double[] first, double[] second, double confidence)
    {
        var (below, above) = (Floored(first), Floored(second));
        var pairs = (double)first.Length * second.Length;
        var half = NormalDistribution.Quantile(confidence) * Math.Sqrt(pairs * (first.Length + second.Length + 1) / 12);
        return new RatioInterval(
            FactorOf(below, above, pairs / 2),
            FactorOf(below, above, Math.Max(1, (pairs / 2) - half)),
            FactorOf(below, above, Math.Min(pairs, (pairs / 2) + half)));
    }

    /// <summary>The factor that so many pairs' ratios do not exceed: by bisection, for there may be millions of pairs.</summary>
    private static double FactorOf(double[] first, double[] second, double rank)
    {
        double low = Math.Log(second[0] / first[^1]) - 1e-9, high = Math.Log(second[^1] / first[0]) + 1e-9;
        while (high - low > 1e-7)
        {
            var middle = (low + high) / 2;
            if (PairsUpTo(first, second, Math.Exp(middle)) < rank)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Exp(high);
    }

    private static double PairsUpTo(double[] first, double[] second, double factor)
    {
        double pairs = 0;
        var upTo = 0;
        foreach (var value in first)
        {
            while (upTo < second.Length && second[upTo] <= value * factor)
            {
                upTo++;
            }

            pairs += upTo;
        }

        return pairs;
    }

    private static double[] Floored(double[] sorted) => Array.ConvertAll(sorted, value => Math.Max(value, Shortest));
}
