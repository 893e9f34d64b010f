namespace MigrationTools.Engine.Runs;

/// <summary>The actions that are wired in, by verb.</summary>
public sealed class StepActionCatalog
{
    private readonly Dictionary<string, IStepAction> _byVerb;

    public StepActionCatalog(IEnumerable<IStepAction> actions) =>
        _byVerb = actions.ToDictionary(action => action.Verb, StringComparer.Ordinal);

    /// <exception cref="InvalidRequestException">A plan of another version names a verb that this one lacks.</exception>
    public IStepAction Find(string verb) =>
        _byVerb.TryGetValue(verb, out var action)
            ? action
            : throw new InvalidRequestException($"The plan names the action '{verb}', which this version does not have. Resume the run with the version that began it.");
}
