using System.Globalization;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>Two weights that share requests out exactly as asked.</summary>
/// <param name="Source">Of the old side, 0 to 256.</param>
/// <param name="Target">Of the new side, likewise.</param>
internal readonly record struct HaProxyWeights(int Source, int Target)
{
    /// <summary>The largest weight that HAProxy takes (management.txt, "set server … weight").</summary>
    public const int Largest = 256;

    /// <summary>Whole percents are the weights themselves (90 and 10); finer ones are the smallest pair that gives them exactly. False where no pair does.</summary>
    public static bool TryFor(decimal targetPercent, out HaProxyWeights weights)
    {
        weights = default;
        if (targetPercent is < 0 or > 100)
        {
            return false;
        }

        if (decimal.Truncate(targetPercent) == targetPercent)
        {
            weights = new HaProxyWeights(100 - (int)targetPercent, (int)targetPercent);
            return true;
        }

        for (var total = 2; total <= 2 * Largest; total++)
        {
            var target = targetPercent * total / 100;
            if (decimal.Truncate(target) == target && target <= Largest && total - target <= Largest)
            {
                weights = new HaProxyWeights(total - (int)target, (int)target);
                return true;
            }
        }

        return false;
    }

    /// <summary>The shares next to one that can't be had, for people to choose from.</summary>
    public static (decimal Below, decimal Above) Around(decimal targetPercent)
    {
        decimal below = 0, above = 100;
        for (var total = 2; total <= 2 * Largest; total++)
        {
            var under = (int)decimal.Floor(targetPercent * total / 100);
            below = Possible(under, total) ? Math.Max(below, 100m * under / total) : below;
            above = Possible(under + 1, total) ? Math.Min(above, 100m * (under + 1) / total) : above;
        }

        return (below, above);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source} to {Target}");

    private static bool Possible(int target, int total) => target <= Largest && total - target is >= 0 and <= Largest;
}
