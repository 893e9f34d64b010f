using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>
/// Who answers for what. Waivers are journalled before the entry that they serve: the readiness, or a step's gate. A step's observation
/// holds its checks as they were seen, so its waivers are put on them here. An attempt that begins anew needs them anew.
/// </summary>
internal sealed class WaiverLedger
{
    private const string Readiness = "readiness";

    private readonly Dictionary<string, Dictionary<string, Waiver>> _byStep = new(StringComparer.Ordinal);
    private readonly List<ReportWaiver> _all = [];

    private WaiverLedger()
    {
    }

    public IReadOnlyList<ReportWaiver> All => _all;

    public static WaiverLedger Read(IReadOnlyList<JournalEntry> journal)
    {
        var ledger = new WaiverLedger();
        var pending = new List<(string Check, Waiver Waiver)>();
        foreach (var entry in journal)
        {
            switch (entry.Kind)
            {
                case JournalKinds.Waived:
                    var waiver = new Waiver(entry.Get<string>("who") ?? "not recorded", entry.Get<string>("why") ?? "not recorded", entry.At);
                    pending.Add((entry.Get<string>("check") ?? "", waiver));
                    break;
                case JournalKinds.Intent when entry.Step is { } step:
                    ledger._byStep.Remove(step);
                    break;
                case JournalKinds.Gate when entry.Step is { } step:
                    var waivers = ledger._byStep[step] = new Dictionary<string, Waiver>(StringComparer.Ordinal);
                    pending.ForEach(one => waivers[one.Check] = one.Waiver);
                    ledger.Add(pending, step);
                    break;
                case JournalKinds.Readiness:
                    ledger.Add(pending, Readiness);
                    break;
                default:
                    break;
            }
        }

        // Waived, and then the process ended before anything could use it.
        ledger.Add(pending, null);
        return ledger;
    }

    /// <summary>A step's checks as its gate judged them.</summary>
    public IReadOnlyList<CheckResult> Apply(string step, IReadOnlyList<CheckResult> checks) =>
        _byStep.TryGetValue(step, out var waivers)
            ? [.. checks.Select(check => waivers.TryGetValue(check.Id, out var waiver) && check.Verdict is not (Verdict.Passed or Verdict.Skipped)
                ? check with { Verdict = Verdict.Waived, Waiver = waiver, Message = $"{check.Verdict}: {check.Message}" }
                : check)]
            : checks;

    private void Add(List<(string Check, Waiver Waiver)> pending, string? where)
    {
        foreach (var (check, waiver) in pending)
        {
            _all.RemoveAll(known => known.Check == check && known.Who == waiver.Who && known.Why == waiver.Why && known.Where == where);
            _all.Add(new ReportWaiver(check, waiver.Who, ReportText.Message(waiver.Why), waiver.At, where));
        }

        pending.Clear();
    }
}
