using MathNet.Numerics.Distributions;

namespace MigrationTools.Engine.Statistics;

/// <summary>The exact interval of Clopper and Pearson (Biometrika 26, 1934): the shares with which a count is not improbable. It is right at 0 and at all, too.</summary>
/// <param name="Low">The smallest such share, 0 to 1.</param>
/// <param name="High">The largest.</param>
public readonly record struct BinomialInterval(double Low, double High)
{
    /// <summary>Both limits.</summary>
    /// <param name="hits">How many of them.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">Such as 0.999.</param>
    public static BinomialInterval Of(long hits, long trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        var tail = (1 - confidence) / 2;
        return new BinomialInterval(
            hits == 0 ? 0 : Beta.InvCDF(hits, trials - hits + 1, tail),
            hits == trials ? 1 : Beta.InvCDF(hits + 1, trials - hits, 1 - tail));
    }

    /// <summary>The largest share that so few of so many do not rule out: the one-sided limit.</summary>
    /// <param name="hits">How many of them.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="confidence">Such as 0.95.</param>
    public static double Upper(long hits, long trials, double confidence) => Of(hits, trials, (2 * confidence) - 1).High;

    public bool Contains(double share) => share >= Low && share <= High;
}
