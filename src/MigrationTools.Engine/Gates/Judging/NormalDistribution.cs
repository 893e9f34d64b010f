namespace MigrationTools.Engine.Gates.Judging;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double SeriesUpTo = 3.5;

    /// <summary>The probability of less than z. Abramowitz and Stegun 26.2.11 (a series) near 0, 26.2.14 (a continued fraction) in the tails; twelve digits or more.</summary>
    public static double Below(double z)
    {
        if (double.IsNaN(z))
        {
            return double.NaN;
        }

        var size = Math.Abs(z);
        if (size > 38)
        {
            return z < 0 ? 0 : 1;
        }

        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (size <= SeriesUpTo)
        {
            double sum = 0, term = z;
            for (var odd = 3; Math.Abs(term) > 1e-18; odd += 2)
            {
                sum += term;
                term *= z * z / odd;
            }

            return 0.5 + (density * sum);
        }

        double fraction = 0;
        for (var step = 60; step > 0; step--)
        {
            fraction = step / (size + fraction);
        }

        var tail = density / (size + fraction);
        return z < 0 ? tail : 1 - tail;
    }

    /// <summary>The value below which so much of it lies, by bisection.</summary>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        double low = -38, high = 38;
        for (var step = 0; step < 80; step++)
        {
            var middle = (low + high) / 2;
            if (Below(middle) < probability)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }
}
