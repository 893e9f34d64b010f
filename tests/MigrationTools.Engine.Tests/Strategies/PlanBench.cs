using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Systems;

namespace MigrationTools.Engine.Tests.Strategies;

/// <summary>Plans a spec with verbs that give one step a verb, for every kind of system.</summary>
internal static class PlanBench
{
    public static async Task<IReadOnlyList<string>> ActionsAsync(MigrationSpec spec) =>
        [.. (await PlanAsync(spec)).Steps.Select(step => $"{step.Action.Verb}:{step.System}{(step.Action.Parameters["shown"] is { } shown ? $" {shown}" : "")}")];

    public static Task<MigrationPlan> PlanAsync(MigrationSpec spec)
    {
        IReadOnlyList<IStrategy> whole =
            [new BigBangStrategy(), new BlueGreenStrategy(), new CanaryStrategy(), new RollingStrategy(), new StranglerFigStrategy(), new ParallelRunStrategy()];
        var planner = new Planner(new StrategyCatalog([.. whole, new PhasedStrategy(whole)]), [new OneStepVerbs(), new HttpVerbs(), new CommandVerbs()]);
        return planner.PlanAsync(spec, SilentObserver.Instance, TestContext.Current.CancellationToken);
    }

    private sealed class OneStepVerbs : ISystemVerbs
    {
        private static readonly Verb[] OfData = [Verb.Capture, Verb.Fence, Verb.Expand, Verb.Copy, Verb.Replicate, Verb.CatchUp, Verb.Compare, Verb.CutOver, Verb.Contract];
        private static readonly Verb[] OfTraffic = [Verb.Shift, Verb.Drain, Verb.Upgrade, Verb.Verify, Verb.Undrain];

        public bool Serves(SystemSpec system) => system is DatabaseSystemSpec or TrafficSystemSpec;

        public Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken)
        {
            var known = system is DatabaseSystemSpec ? OfData : OfTraffic;
            if (!known.Contains(call.Verb))
            {
                return Task.FromResult<IReadOnlyList<StepDraft>?>([]);
            }

            var action = new StepAction(call.Verb.ToString(), "as the test says");
            action.Parameters["shown"] = call.Unit is { } unit ? unit.Name : call.Verb == Verb.Shift ? FormattableString.Invariant($"{call.Lane!.Name} {call.Percent} back {call.Back}") : null;
            return Task.FromResult<IReadOnlyList<StepDraft>?>([new StepDraft { Phase = "test", System = system.Name, Action = action, Irreversible = "a test" }]);
        }
    }
}
