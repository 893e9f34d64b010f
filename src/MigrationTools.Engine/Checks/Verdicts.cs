namespace MigrationTools.Engine.Checks;

/// <summary>How verdicts combine.</summary>
public static class Verdicts
{
    /// <summary>Worst first. <see cref="Verdict.Skipped"/> is not in it: it counts only where nothing else does.</summary>
    private static readonly Verdict[] WorstFirst =
        [Verdict.Failed, Verdict.Error, Verdict.Inconclusive, Verdict.NotRun, Verdict.Waived, Verdict.Passed];

    /// <summary>
    /// The worst of the given verdicts (Failed, Error, Inconclusive, NotRun, Waived, Passed).
    /// Nothing to combine is <see cref="Verdict.NotRun"/>; so is a set in which everything was skipped.
    /// </summary>
    public static Verdict Combine(IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var worst = int.MaxValue;
        foreach (var verdict in verdicts)
        {
            var rank = Array.IndexOf(WorstFirst, verdict);
            if (rank >= 0 && rank < worst)
            {
                worst = rank;
            }
        }

        return worst == int.MaxValue ? Verdict.NotRun : WorstFirst[worst];
    }

    /// <summary>The worst verdict of the required ones among the given results; see <see cref="Combine(IEnumerable{Verdict})"/>.</summary>
    public static Verdict Combine(IEnumerable<CheckResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Combine(results.Where(result => result.Required).Select(result => result.Verdict));
    }

    /// <summary>True where a run may go on: it was seen to be right, or a person answers for it.</summary>
    public static bool LetsPass(this Verdict verdict) => verdict is Verdict.Passed or Verdict.Waived;
}
