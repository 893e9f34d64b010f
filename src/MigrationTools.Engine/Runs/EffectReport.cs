namespace MigrationTools.Engine.Runs;

/// <summary>What a look at an action's effect found.</summary>
/// <param name="Effect">What is in place.</param>
/// <param name="Message">What was seen.</param>
public sealed record EffectReport(Effect Effect, string Message)
{
    /// <summary>For Partial: executing again goes on where it stopped. Otherwise a partial effect is compensated first.</summary>
    public bool Continuable { get; init; }

    /// <summary>For Applied: what executing would have observed, where the look can tell.</summary>
    public StepObservation? Observation { get; init; }
}
