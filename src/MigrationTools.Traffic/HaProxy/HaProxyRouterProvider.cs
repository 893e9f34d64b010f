using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>Opens HAProxy by its runtime API.</summary>
/// <param name="time">For time limits and evidence.</param>
/// <param name="answerLimit">Within which HAProxy answers a question; ten seconds where it is null.</param>
public sealed class HaProxyRouterProvider(TimeProvider time, TimeSpan? answerLimit = null) : ITrafficRouterProvider
{
    private readonly TimeSpan _limit = answerLimit ?? TimeSpan.FromSeconds(10);

    public string Name => "haproxy";

    public ITrafficRouter Open(TrafficSystemSpec system, string directory)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(directory);
        foreach (var lane in system.Lanes)
        {
            if (string.IsNullOrEmpty(lane.Group))
            {
                throw new TrafficException($"System '{system.Name}': HAProxy needs the key 'backend', the name of the backend that both sides are servers of{(system.Routes.Count > 0 ? $" (route '{lane.Name}' has none)" : "")}.");
            }
        }

        var socket = new HaProxySocket(system.Endpoint, HaProxyAddress.Of(system.Endpoint, directory), _limit, time);
        var stateFile = system.StateFile is { } file ? new HaProxyStateFile(Path.GetFullPath(Path.Combine(directory, file))) : null;
        return new HaProxyRouter(system.Endpoint.Redacted, new HaProxyView(socket, system.Endpoint.Redacted), socket, stateFile, time);
    }
}
