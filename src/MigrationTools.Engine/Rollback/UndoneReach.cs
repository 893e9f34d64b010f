using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Rollback;

/// <summary>How far back a rollback goes: to the beginning of a phase, or of the run.</summary>
/// <param name="Phase">The phase; null for the whole run.</param>
/// <param name="Steps">The steps to undo, the last first.</param>
/// <param name="Phases">The phases that they belong to, the last first; empty where the run has none.</param>
/// <param name="Kept">Phases that stay, in the plan's order.</param>
public sealed record UndoneReach(string? Phase, IReadOnlyList<StepState> Steps, IReadOnlyList<string> Phases, IReadOnlyList<string> Kept)
{
    /// <summary>In words, such as "phase 'traffic', then phase 'data' (11 steps); phase 'network' stays".</summary>
    public string Describe()
    {
        var steps = Count(Steps.Count);
        return Phases.Count == 0 ? steps
            : $"{string.Join(", then ", Phases.Select(phase => $"phase '{phase}'"))} ({steps}){(Kept.Count == 0 ? "" : $"; {Names(Kept)} {(Kept.Count == 1 ? "stays" : "stay")}")}";
    }

    /// <summary>What a rollback of a run would undo.</summary>
    /// <param name="run">The run.</param>
    /// <param name="phase">Back to and with this phase, for what comes after it rests on it; null for all of it.</param>
    /// <exception cref="InvalidRequestException">The run has no such phase.</exception>
    public static UndoneReach Of(RunState run, string? phase)
    {
        ArgumentNullException.ThrowIfNull(run);
        var first = 0;
        if (phase is not null)
        {
            first = run.Steps.ToList().FindIndex(step => step.Step.Part == phase);
            if (first < 0)
            {
                throw new InvalidRequestException(run.Phases.Count == 0
                    ? $"Run '{run.RunId}' was not planned in phases, so '{phase}' can't be rolled back alone: it is {run.Plan.Strategy}. Roll all of it back."
                    : $"Run '{run.RunId}' has no phase '{phase}'. Its phases are, in order: {string.Join(", ", run.Phases.Select(known => known.Name))}.");
            }
        }

        var steps = run.Steps.Skip(first).Where(step => step.Status is not (StepStatus.Pending or StepStatus.Compensated)).Reverse().ToList();
        return new UndoneReach(
            phase,
            steps,
            [.. steps.Select(step => step.Step.Part).OfType<string>().Distinct(StringComparer.Ordinal)],
            [.. run.Steps.Take(first).Where(step => step.Status is not (StepStatus.Pending or StepStatus.Compensated)).Select(step => step.Step.Part).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    internal static string Count(int steps) => steps == 1 ? "1 step" : $"{steps} steps";

    /// <summary>Such as "phase 'a'" or "phases 'a', 'b'".</summary>
    internal static string Names(IReadOnlyList<string> phases) => $"{(phases.Count == 1 ? "phase" : "phases")} {string.Join(", ", phases.Select(phase => $"'{phase}'"))}";
}
