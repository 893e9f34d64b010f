using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Statistics;

namespace MigrationTools.Traffic.Proof;

/// <summary>
/// Whether a count of requests fits a share. It fits where the exact interval of the count holds the share; at 0 and 100 % one request on the wrong side is
/// wrong. Requests of which nobody knows where they landed are given to one side and then to the other: where that would change the answer, there is none.
/// </summary>
internal static class ShareJudge
{
    public const double Confidence = 0.999;

    private const int Fewest = 100;

    /// <summary>
    /// Requests without which nothing is said: so many that the smaller side gets at least one but once in a thousand times; never fewer than a hundred.
    /// </summary>
    public static long Needed(decimal targetPercent)
    {
        var smaller = (double)Math.Min(targetPercent, 100 - targetPercent) / 100;
        return smaller == 0 ? Fewest : Math.Max(Fewest, (long)Math.Ceiling(Math.Log(1 - Confidence) / Math.Log(1 - smaller)));
    }

    public static (Verdict Verdict, string Message) Judge(decimal targetPercent, ShareCount count)
    {
        var needed = Needed(targetPercent);
        if (count.All == 0)
        {
            return (Verdict.Inconclusive, "no request came by, so nothing was seen");
        }

        if (count.Known == 0 || count.ServerErrors == count.All - count.Unanswered)
        {
            return (Verdict.Error, $"no request was answered well by either side, so the answers tell nothing of the share: {count}");
        }

        var seen = Describe(count);
        if (!Fits(targetPercent, count.Target, count.Known))
        {
            return (Verdict.Failed, $"{Percent(targetPercent)} should reach the target; {seen}");
        }

        if (count.Known < needed)
        {
            return (Verdict.Inconclusive, string.Create(CultureInfo.InvariantCulture, $"{count.Known} requests are too few to tell {Percent(targetPercent)}, which takes {needed}; {seen}"));
        }

        var isSafe = Fits(targetPercent, count.Target, count.All) && Fits(targetPercent, count.Target + count.Unknown, count.All);
        return isSafe
            ? (Verdict.Passed, $"{seen}, which fits {Percent(targetPercent)}")
            : (Verdict.Inconclusive, string.Create(CultureInfo.InvariantCulture, $"{seen}, which fits {Percent(targetPercent)}; but where {count.Unknown} of {count.All} requests landed is not known, and that could change the answer"));
    }

    private static bool Fits(decimal targetPercent, long target, long all) => targetPercent switch
    {
        0 => target == 0,
        100 => target == all,
        _ => BinomialInterval.Of(target, all, Confidence).Contains((double)targetPercent / 100),
    };

    private static string Describe(ShareCount count)
    {
        var interval = BinomialInterval.Of(count.Target, count.Known, Confidence);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count.Target} of {count.Known} requests did ({100d * count.Target / count.Known:0.##} %; at 99.9 % confidence between {100 * interval.Low:0.##} and {100 * interval.High:0.##} %)");
    }

    private static string Percent(decimal percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} %");
}
