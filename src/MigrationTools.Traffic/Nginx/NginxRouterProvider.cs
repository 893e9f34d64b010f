using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Command;

namespace MigrationTools.Traffic.Nginx;

/// <summary>Opens nginx by the file of which the tool is the only writer; see <c>NginxRouter</c> for what the user's configuration does with it.</summary>
public sealed class NginxRouterProvider(TimeProvider time) : ITrafficRouterProvider
{
    public string Name => "nginx";

    public ITrafficRouter Open(TrafficSystemSpec system, string directory)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(directory);
        var address = system.Endpoint.Reveal();
        var path = address[(system.Endpoint.Scheme.Length + 1)..];
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        if (system.Endpoint.Scheme != "file" || path.Length == 0)
        {
            throw new TrafficException($"'{system.Endpoint}' is not nginx's file: expected file:/etc/nginx/conf.d/split.conf, a file of its own that your configuration includes inside 'http'.");
        }

        if (system.Lanes.FirstOrDefault(lane => lane.Source.Length == 0 || lane.Target.Length == 0) is { } incomplete)
        {
            throw new TrafficException($"System '{system.Name}': nginx needs the keys 'source' and 'target', the names of two upstreams (lane '{incomplete.Name}').");
        }

        var file = new NginxSplitFile(Path.GetFullPath(Path.Combine(directory, path)));
        return new NginxRouter(system.Endpoint.Redacted, file, system.Programs, new RouterProgram(directory, new Dictionary<string, string>(), time), time);
    }
}
