namespace MigrationTools.Engine.Gates.Judging;

/// <summary>Fisher's exact test: the hypergeometric distribution.</summary>
internal static class Fisher
{
    /// <summary>How probable it is that a part has so many of the marked, or more, where the marked are spread by chance.</summary>
    /// <param name="marked">Marked ones in the part.</param>
    /// <param name="part">The part's size.</param>
    /// <param name="allMarked">Marked ones in the whole.</param>
    /// <param name="whole">The whole's size.</param>
    public static double AtLeast(long marked, long part, long allMarked, long whole)
    {
        var most = Math.Min(part, allMarked);
        var least = Math.Max(0, part + allMarked - whole);
        if (marked <= least)
        {
            return 1;
        }

        // From the first term on, each by its ratio to the one before.
        var term = Math.Exp(LogChoose(allMarked, marked) + LogChoose(whole - allMarked, part - marked) - LogChoose(whole, part));
        double sum = 0;
        for (var count = marked; count <= most; count++)
        {
            sum += term;
            term *= (double)(allMarked - count) * (part - count) / ((count + 1.0) * (whole - allMarked - part + count + 1));
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>Summed for small numbers, Stirling's series for large ones.</summary>
    private static double LogFactorial(long n)
    {
        if (n < 20)
        {
            double sum = 0;
            for (var factor = 2; factor <= n; factor++)
            {
                sum += Math.Log(factor);
            }

            return sum;
        }

        double x = n + 1;
        var inverse = 1 / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (inverse / 12) - (inverse * inverse * inverse / 360) + (Math.Pow(inverse, 5) / 1260);
    }
}
