using System.Runtime.CompilerServices;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>What a strategy plans with.</summary>
public sealed class StrategyContext
{
    private readonly IReadOnlyList<ISystemVerbs> _verbs;
    private readonly List<string> _notes;

    public StrategyContext(MigrationSpec spec, IReadOnlyList<ISystemVerbs> verbs, IOperationObserver observer)
        : this(spec, verbs, observer, [], null)
    {
    }

    private StrategyContext(MigrationSpec spec, IReadOnlyList<ISystemVerbs> verbs, IOperationObserver observer, List<string> notes, PhaseSpec? phase)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Spec = spec;
        Observer = observer;
        Phase = phase;
        Strategy = phase?.Strategy ?? spec.Strategy;
        Rollout = phase?.Rollout ?? spec.Rollout;
        Rollback = spec.RollbackIn(phase?.Name);
        Systems = phase is null ? spec.Systems : [.. spec.Systems.Where(system => phase.Systems.Contains(system.Name))];
        _verbs = verbs;
        _notes = notes;
    }

    public MigrationSpec Spec { get; }

    public IOperationObserver Observer { get; }

    /// <summary>The part of a phased migration that is planned; null for the whole.</summary>
    public PhaseSpec? Phase { get; }

    /// <summary>The strategy that is planned.</summary>
    public StrategyKind Strategy { get; }

    /// <summary>The rollout of this phase, or of the spec.</summary>
    public RolloutSpec Rollout { get; }

    /// <summary>What holds when this phase, or the whole, fails.</summary>
    public RollbackSpec Rollback { get; }

    /// <summary>The systems that are moved, in the spec's order.</summary>
    public IReadOnlyList<SystemSpec> Systems { get; }

    /// <summary>The routers among them.</summary>
    public IEnumerable<TrafficSystemSpec> Traffic => Systems.OfType<TrafficSystemSpec>();

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The same, narrowed to one phase; its notes go to the same plan.</summary>
    public StrategyContext For(PhaseSpec phase) => new(Spec, _verbs, Observer, _notes, phase);

    /// <summary>Says something that the plan's readers must know.</summary>
    public void AddNote(string note) => _notes.Add(note);

    /// <summary>The steps of a verb over all systems, in the spec's order.</summary>
    /// <exception cref="PlanException">A system has no such action.</exception>
    public IAsyncEnumerable<StepDraft> ForEachSystemAsync(VerbCall call, CancellationToken cancellationToken) =>
        ForEachAsync(call, Systems, cancellationToken);

    /// <summary>The steps of a verb over all systems but routers, whose traffic the strategy moves itself.</summary>
    /// <exception cref="PlanException">A system has no such action.</exception>
    public IAsyncEnumerable<StepDraft> ForEachButTrafficAsync(VerbCall call, CancellationToken cancellationToken) =>
        ForEachAsync(call, Systems.Where(system => system is not TrafficSystemSpec), cancellationToken);

    /// <summary>The steps of a verb for one system.</summary>
    /// <exception cref="PlanException">It has no such action.</exception>
    public async Task<IReadOnlyList<StepDraft>> StepsAsync(VerbCall call, SystemSpec system, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(system);
        var steps = _verbs.FirstOrDefault(candidate => candidate.Serves(system)) is { } adapter
            ? await adapter.StepsAsync(call, system, this, cancellationToken).ConfigureAwait(false)
            : null;
        return steps ?? throw new PlanException(
            ErrorIds.PlanImpossible,
            $"{Spec.Path ?? Spec.Id}: system '{system.Name}' ({system.Kind}) has no action for '{call.Verb}', which {Strategy} needs. Leave the system out, or choose a strategy that can move it.");
    }

    /// <summary>Why this spec can't be planned by its strategy.</summary>
    public PlanException Impossible(string why) => new(ErrorIds.PlanImpossible, $"{Spec.Path ?? Spec.Id}: {why}");

    private async IAsyncEnumerable<StepDraft> ForEachAsync(VerbCall call, IEnumerable<SystemSpec> systems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var system in systems)
        {
            foreach (var step in await StepsAsync(call, system, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
    }
}
