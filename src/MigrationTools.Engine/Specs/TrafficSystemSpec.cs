using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Specs;

/// <summary>A router that sends traffic to one of two sides.</summary>
public sealed record TrafficSystemSpec : SystemSpec
{
    public override string Kind => "traffic";

    /// <summary>haproxy, nginx or command.</summary>
    public required string Router { get; init; }

    /// <summary>HAProxy's runtime socket, nginx's include file that the tool owns, or what a command is told of the router.</summary>
    public required Endpoint Endpoint { get; init; }

    public string? Backend { get; init; }

    /// <summary>The router's name of the old side.</summary>
    public string? Source { get; init; }

    /// <summary>The router's name of the new side.</summary>
    public string? Target { get; init; }

    /// <summary>The file in which HAProxy finds the servers' states after a reload (its <c>server-state-file</c>), absolute; null where it keeps none.</summary>
    public string? StateFile { get; init; }

    /// <summary>Where clients send their requests; needed to prove a share by counting answers.</summary>
    public Endpoint? Front { get; init; }

    /// <summary>How an answer tells which side gave it; null where only the router's counters can.</summary>
    public TrafficIdentitySpec? Identify { get; init; }

    /// <summary>Routes that move one by one (StranglerFig); empty where everything moves together.</summary>
    public IReadOnlyList<TrafficRouteSpec> Routes { get; init; } = [];

    /// <summary>Servers that are upgraded in place one by one (Rolling).</summary>
    public IReadOnlyList<TrafficUnitSpec> Units { get; init; } = [];

    /// <summary>Programs by which the router is asked and told (router command), checked and reloaded (nginx); empty for the router's own way.</summary>
    public RouterProgramsSpec Programs { get; init; } = new();

    /// <summary>The system's lanes: one a route, or one for everything.</summary>
    public IReadOnlyList<TrafficLane> Lanes => Routes.Count > 0
        ? [.. Routes.Select(route => new TrafficLane(route.Name, route.Source ?? Source ?? "", route.Target ?? Target ?? "") { Group = route.Backend ?? Backend, Path = route.Path })]
        : [new TrafficLane(Name, Source ?? "", Target ?? "") { Group = Backend }];
}
