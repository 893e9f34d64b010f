using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Traffic;

/// <summary>The kinds of router that are wired in.</summary>
public sealed class TrafficCatalog(IReadOnlyList<ITrafficRouterProvider> providers)
{
    /// <exception cref="TrafficException">No such router is wired in.</exception>
    public ITrafficRouter Open(TrafficSystemSpec system, string directory)
    {
        ArgumentNullException.ThrowIfNull(system);
        var provider = providers.FirstOrDefault(candidate => candidate.Name == system.Router)
            ?? throw new TrafficException($"System '{system.Name}' has the router '{system.Router}', which this version does not know. It knows: {string.Join(", ", providers.Select(known => known.Name))}.");
        return provider.Open(system, directory);
    }
}
