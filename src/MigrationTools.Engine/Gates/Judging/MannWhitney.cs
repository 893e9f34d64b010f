namespace MigrationTools.Engine.Gates.Judging;

/// <summary>
/// The Mann–Whitney U test of two samples (Mann and Whitney 1947): exact for few samples without ties, else by the normal approximation with the correction for
/// ties and for continuity (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, section 4.1).
/// </summary>
/// <param name="ProbabilityGreater">The share of pairs in which the second sample's value is the greater, ties by half.</param>
/// <param name="GreaterP">How probable so many such pairs, or more, are where both samples come from one distribution.</param>
/// <param name="LessP">Likewise so many or fewer.</param>
internal readonly record struct MannWhitney(double ProbabilityGreater, double GreaterP, double LessP)
{
    /// <summary>Up to so many values in all the distribution is counted out: its largest count, 50 over 25, is still exact in a double.</summary>
    private const int MostExact = 50;

    /// <summary>Compares two samples, both in rising order and not empty.</summary>
    public static MannWhitney Of(double[] first, double[] second)
    {
        var (pairs, ties) = CountPairs(first, second);
        var all = (double)first.Length * second.Length;
        var (greater, less) = ties == 0 && first.Length + second.Length <= MostExact ? Exact(first.Length, second.Length, (int)pairs) : Normal(first.Length, second.Length, pairs, ties);
        return new MannWhitney(pairs / all, greater, less);
    }

    /// <summary>Pairs in which the second is greater (ties by half), and the sum of t³ − t over groups of t equal values.</summary>
    private static (double Pairs, double Ties) CountPairs(double[] first, double[] second)
    {
        double pairs = 0, ties = 0;
        int i = 0, j = 0;
        while (i < first.Length || j < second.Length)
        {
            var value = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            var (fromFirst, fromSecond) = (i, j);
            while (i < first.Length && first[i] == value)
            {
                i++;
            }

            while (j < second.Length && second[j] == value)
            {
                j++;
            }

            double inFirst = i - fromFirst, inSecond = j - fromSecond, group = inFirst + inSecond;
            pairs += inSecond * (fromFirst + (inFirst / 2));
            ties += (group * group * group) - group;
        }

        return (pairs, ties);
    }

    private static (double Greater, double Less) Normal(int first, int second, double pairs, double ties)
    {
        double n = first, m = second, all = n + m;
        var variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        if (!(variance > 0))
        {
            return (1, 1);
        }

        var deviation = Math.Sqrt(variance);
        var difference = pairs - (n * m / 2);
        return (NormalDistribution.Below(-(difference - 0.5) / deviation), NormalDistribution.Below((difference + 0.5) / deviation));
    }

    /// <summary>How many of the arrangements have so many pairs: the coefficients of the Gaussian binomial.</summary>
    private static (double Greater, double Less) Exact(int first, int second, int pairs)
    {
        var counts = new double[(first * second) + 1];
        counts[0] = 1;
        for (var factor = 1; factor <= first; factor++)
        {
            for (var at = counts.Length - 1; at >= second + factor; at--)
            {
                counts[at] -= counts[at - second - factor];
            }

            for (var at = factor; at < counts.Length; at++)
            {
                counts[at] += counts[at - factor];
            }
        }

        var all = counts.Sum();
        return (counts.Skip(pairs).Sum() / all, counts.Take(pairs + 1).Sum() / all);
    }
}
