using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs;

/// <summary>A router that sends traffic to one of two sides.</summary>
public sealed record TrafficSystemSpec : SystemSpec
{
    public override string Kind => "traffic";

    /// <summary>haproxy, nginx or command.</summary>
    public required string Router { get; init; }

    public required Endpoint Endpoint { get; init; }

    public string? Backend { get; init; }

    /// <summary>The router's name of the old side.</summary>
    public string? Source { get; init; }

    /// <summary>The router's name of the new side.</summary>
    public string? Target { get; init; }
}
