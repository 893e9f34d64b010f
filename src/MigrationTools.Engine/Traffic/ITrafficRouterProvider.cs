using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Traffic;

/// <summary>Opens one kind of router.</summary>
public interface ITrafficRouterProvider
{
    /// <summary>As specs name it: haproxy, nginx, command.</summary>
    string Name { get; }

    /// <summary>A router for a system; nothing is connected before the first call.</summary>
    /// <param name="system">The system.</param>
    /// <param name="directory">What relative paths are relative to.</param>
    /// <exception cref="TrafficException">The system lacks what this kind of router needs.</exception>
    ITrafficRouter Open(TrafficSystemSpec system, string directory);
}
