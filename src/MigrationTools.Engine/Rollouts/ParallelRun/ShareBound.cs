using MathNet.Numerics.Distributions;

namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>What a count says of the share behind it.</summary>
internal static class ShareBound
{
    /// <summary>The largest share that so few of so many do not rule out: the one-sided limit of Clopper and Pearson (Biometrika 26, 1934).</summary>
    /// <param name="count">How many were seen.</param>
    /// <param name="of">Of how many; at least 1.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static double Upper(long count, long of, double confidence) =>
        count >= of ? 1 : Beta.InvCDF(count + 1, of - count, confidence);
}
