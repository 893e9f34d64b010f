using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Steps;

namespace MigrationTools.Traffic.Readiness;

/// <summary>Whether every router answers, knows its lanes' sides and units, and still sends everything to the old side.</summary>
public sealed class RouterReadyCheck(TrafficCatalog catalog, TimeProvider time) : IReadinessCheck
{
    public string Category => "traffic";

    public async IAsyncEnumerable<CheckResult> RunAsync(MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var system in spec.Systems.OfType<TrafficSystemSpec>())
        {
            foreach (var lane in system.Lanes)
            {
                var question = new ReadinessQuestion(CheckIds.Of(Category, system.Name, CheckIds.PartOf(lane.Name)), $"{system.Name}: all traffic of {lane.Name} goes to the old side", Category)
                {
                    System = system.Name,
                    RemedyOnError = $"See that the router at {system.Endpoint} runs, can be reached from here and knows what the spec names.",
                };
                yield return await question.AskAsync(spec, time, token => LookAsync(system, lane, spec, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ReadinessAnswer> LookAsync(TrafficSystemSpec system, TrafficLane lane, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var router = catalog.Open(system, spec.Directory);
        await using var dispose = router.ConfigureAwait(false);
        var split = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        return system.Units.Count > 0 ? OfUnits(system, split) : OfShare(lane, split);
    }

    private static ReadinessAnswer OfShare(TrafficLane lane, TrafficSplit split)
    {
        var right = split.TargetPercent == 0;
        return new ReadinessAnswer(
            right ? Verdict.Passed : split.TargetPercent is null ? Verdict.Inconclusive : Verdict.Failed,
            $"the router gives {lane.Target} {TrafficParameters.Show(split.TargetPercent)}")
        {
            Remedy = right ? null : $"Send all traffic of {lane.Name} to {lane.Source} first (migrationtools traffic set … --percent 0; in PowerShell Set-TrafficSplit).",
            Evidence = [split.Evidence],
        };
    }

    private static ReadinessAnswer OfUnits(TrafficSystemSpec system, TrafficSplit split)
    {
        var missing = system.Units.Where(unit => split.Members.All(member => member.Name != unit.Name)).Select(unit => unit.Name).ToList();
        var idle = system.Units.Where(unit => split.Members.Any(member => member.Name == unit.Name && member.State != TrafficMemberState.Ready)).Select(unit => unit.Name).ToList();
        var right = missing.Count == 0 && idle.Count == 0;
        return new ReadinessAnswer(
            right ? Verdict.Passed : Verdict.Failed,
            right ? $"all {system.Units.Count} units take requests"
                : string.Join("; ", new[] { (missing, "the router does not know"), (idle, "take no requests:") }.Where(group => group.Item1.Count > 0).Select(group => $"{group.Item2} {string.Join(", ", group.Item1)}")))
        {
            Remedy = right ? null : "Name the units as the router does, and see that all of them take requests before one is taken out.",
            Evidence = [split.Evidence],
        };
    }
}
