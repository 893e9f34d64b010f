namespace MigrationTools.Engine.Gates.Judging;

/// <summary>
/// Whether the slowest tenth of all requests is more of one side than chance gives it. Ranks see how requests take longer in general; a part of them that takes ten times as long, and the
/// rest as before, they do not. The border is taken of both sides together, so that it favours none: given it, Fisher's test is exact.
/// </summary>
/// <param name="Border">The time, in the unit of the samples, that nine tenths of all do not exceed.</param>
/// <param name="LeftAbove">Of the left side, how many take longer.</param>
/// <param name="RightAbove">Of the right side.</param>
/// <param name="GreaterP">How probable so many of the right side, or more, are where the sides are alike.</param>
internal readonly record struct TailTest(double Border, int LeftAbove, int RightAbove, double GreaterP)
{
    private const double Share = 0.9;

    /// <summary>Tests samples in rising order.</summary>
    public static TailTest Of(double[] left, double[] right)
    {
        double[] all = [.. left, .. right];
        Array.Sort(all);
        var border = all[Math.Max(0, (int)Math.Ceiling(all.Length * Share) - 1)];
        var (leftAbove, rightAbove) = (Above(left, border), Above(right, border));
        return new TailTest(border, leftAbove, rightAbove, Fisher.AtLeast(rightAbove, right.Length, leftAbove + rightAbove, all.Length));
    }

    private static int Above(double[] sorted, double border)
    {
        var (from, to) = (0, sorted.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = sorted[middle] > border ? (from, middle) : (middle + 1, to);
        }

        return sorted.Length - from;
    }
}
