using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs;

/// <summary>A server that is upgraded in place.</summary>
/// <param name="Name">The router's name of the server.</param>
/// <param name="Upgrade">The program that brings it to the new version, and its arguments.</param>
/// <param name="Downgrade">The program that brings it back.</param>
public sealed record TrafficUnitSpec(string Name, IReadOnlyList<string> Upgrade, IReadOnlyList<string> Downgrade)
{
    /// <summary>The program whose output, matched by <see cref="Upgraded"/>, tells that the unit has the new version; null where the answer of <see cref="Health"/> does.</summary>
    public IReadOnlyList<string> Look { get; init; } = [];

    /// <summary>What <see cref="Look"/> says, or the health answer's body, once the unit is upgraded.</summary>
    public Expectation? Upgraded { get; init; }

    /// <summary>An address that answers 2xx when the unit is well.</summary>
    public Endpoint? Health { get; init; }

    /// <summary>Time limit of each program.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
