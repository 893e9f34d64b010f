using System.Runtime.CompilerServices;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>What a strategy plans with.</summary>
public sealed class StrategyContext(MigrationSpec spec, IReadOnlyList<ISystemVerbs> verbs, IOperationObserver observer)
{
    private readonly List<string> _notes = [];

    public MigrationSpec Spec => spec;

    public IOperationObserver Observer => observer;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Says something that the plan's readers must know.</summary>
    public void AddNote(string note) => _notes.Add(note);

    /// <summary>The steps of a verb over all systems, in the spec's order.</summary>
    /// <exception cref="PlanException">A system has no such action.</exception>
    public async IAsyncEnumerable<StepDraft> ForEachSystemAsync(Verb verb, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var system in spec.Systems)
        {
            var steps = verbs.FirstOrDefault(candidate => candidate.Serves(system)) is { } adapter
                ? await adapter.StepsAsync(verb, system, this, cancellationToken).ConfigureAwait(false)
                : null;
            if (steps is null)
            {
                throw new PlanException(
                    ErrorIds.PlanImpossible,
                    $"{spec.Path ?? spec.Id}: system '{system.Name}' ({system.Kind}) has no action for '{verb}', which {spec.Strategy} needs. Leave the system out, or choose a strategy that can move it.");
            }

            foreach (var step in steps)
            {
                yield return step;
            }
        }
    }
}
