using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// Drains a server (<c>traffic.drain</c>) and waits until it has nothing under way, or puts it back (<c>traffic.undrain</c>) and waits until it takes requests.
/// Parameters: <c>lane</c>, <c>unit</c> (the router's name), <c>wait</c> (seconds; 60 where it is not given); with <c>restore</c>, as a compensation, it
/// brings back the state that was before the step. Data: <c>{ lane, percent, mirrored, members, unit }</c>.
/// </summary>
public sealed class MemberStep : TrafficStep
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly TrafficMemberState _state;

    private MemberStep(TrafficMemberState state, TrafficCatalog catalog, TimeProvider time)
        : base(catalog, time) => _state = state;

    public override string Verb => _state == TrafficMemberState.Draining ? TrafficStepNames.Drain : TrafficStepNames.Undrain;

    public static MemberStep Drain(TrafficCatalog catalog, TimeProvider time) => new(TrafficMemberState.Draining, catalog, time);

    public static MemberStep Undrain(TrafficCatalog catalog, TimeProvider time) => new(TrafficMemberState.Ready, catalog, time);

    protected override async Task<StepObservation> ExecuteAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(context);
        var unit = Unit(context);
        var goal = Goal(unit, context);
        var limit = TimeSpan.FromSeconds((double)(TrafficParameters.Percent(context.Action.Parameters["wait"]) ?? 60));
        var begun = Time.GetTimestamp();
        var split = await router.SetMemberAsync(lane, unit, goal, cancellationToken).ConfigureAwait(false);
        while (!IsThere(split, unit, goal) && Time.GetElapsedTime(begun) < limit)
        {
            await Task.Delay(LookEvery, Time, cancellationToken).ConfigureAwait(false);
            split = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        var check = Check(system, unit, goal, split, Time.GetElapsedTime(begun));
        var data = TrafficParameters.Describe(split);
        data["unit"] = unit;
        return new StepObservation(check.Message) { Evidence = [split.Evidence], Checks = [check], Data = data };
    }

    protected override EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(split);
        var unit = Unit(context);
        var member = split.Members.FirstOrDefault(candidate => candidate.Name == unit);
        if (member is null)
        {
            return new EffectReport(Effect.Unknown, $"the router has no '{unit}' any more: {split.Evidence.Observed}");
        }

        return new EffectReport(member.State == Goal(unit, context) ? Effect.Applied : Effect.NotApplied, $"{unit} is {member.State}");
    }

    private static bool IsThere(TrafficSplit split, string unit, TrafficMemberState goal) =>
        split.Members.FirstOrDefault(member => member.Name == unit) is { } found
        && found.State == goal && (goal == TrafficMemberState.Ready || found.Active is null or 0);

    private static CheckResult Check(TrafficSystemSpec system, string unit, TrafficMemberState goal, TrafficSplit split, TimeSpan took)
    {
        var member = split.Members.FirstOrDefault(candidate => candidate.Name == unit);
        var seconds = took.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var (verdict, message) = (goal, member) switch
        {
            (_, null) => (Verdict.Error, $"the router has no '{unit}' any more"),
            (TrafficMemberState.Ready, { State: TrafficMemberState.Ready }) => (Verdict.Passed, $"{unit} takes requests again after {seconds} s"),
            (TrafficMemberState.Ready, { } other) => (Verdict.Failed, $"{unit} was put back and is {other.State} after {seconds} s"),
            (_, { Active: > 0 } busy) => (Verdict.Inconclusive, $"{unit} gets nothing new, and has {busy.Active} requests under way after {seconds} s"),
            (_, { Active: null }) => (Verdict.Inconclusive, $"{unit} gets nothing new; the router does not count what it has under way"),
            _ => (Verdict.Passed, $"{unit} gets nothing new and has nothing under way after {seconds} s"),
        };
        return new CheckResult
        {
            Id = CheckIds.Of("traffic-unit", system.Name, CheckIds.PartOf(unit)),
            Name = goal == TrafficMemberState.Ready ? $"{unit} takes requests" : $"{unit} has nothing under way",
            System = system.Name,
            Category = TrafficProof.Category,
            Verdict = verdict,
            Message = message,
            Remedy = verdict == Verdict.Passed ? null : goal == TrafficMemberState.Ready ? "See why the router's health check finds it unwell." : "Wait longer, or see which clients hold their connections.",
            Evidence = [split.Evidence],
        };
    }

    private TrafficMemberState Goal(string unit, StepContext context)
    {
        if (!TrafficParameters.Truth(context.Action.Parameters["restore"], whenMissing: false))
        {
            return _state;
        }

        var before = (context.Prior["members"] as JsonArray)?.FirstOrDefault(member => (string?)member?["name"] == unit)?["state"];

        // A server that was found unwell before is put back; that it is well is not for us to say.
        return Enum.TryParse<TrafficMemberState>((string?)before, out var state) && state is TrafficMemberState.Draining or TrafficMemberState.Maintenance ? state : TrafficMemberState.Ready;
    }

    private static string Unit(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (string?)context.Action.Parameters["unit"]
            ?? throw new InvalidRequestException($"Step '{context.Step.Id}' drains or puts back a server and does not name it (parameter 'unit').");
    }
}
