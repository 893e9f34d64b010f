using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Command;

/// <summary>Opens any router for which somebody has two programs: one that tells the target's share and one that sets it.</summary>
public sealed class CommandRouterProvider(TimeProvider time) : ITrafficRouterProvider
{
    /// <summary>The environment variable in which both programs find the system's endpoint, secrets included.</summary>
    public const string EndpointVariable = "MIGRATIONTOOLS_ROUTER";

    public string Name => "command";

    public ITrafficRouter Open(TrafficSystemSpec system, string directory)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(directory);
        if (system.Programs.Get.Count == 0 || system.Programs.Set.Count == 0)
        {
            throw new TrafficException($"System '{system.Name}': the router command needs the keys 'get' and 'set', the programs that tell and set the target's share.");
        }

        var environment = new Dictionary<string, string> { [EndpointVariable] = system.Endpoint.Reveal() };
        return new CommandRouter(system.Endpoint.Redacted, system.Programs, new RouterProgram(directory, environment, time), time);
    }
}
