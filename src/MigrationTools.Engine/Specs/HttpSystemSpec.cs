using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs;

/// <summary>A service reached over HTTP, in two versions.</summary>
public sealed record HttpSystemSpec : SystemSpec
{
    public override string Kind => "http";

    public required Endpoint Source { get; init; }

    public required Endpoint Target { get; init; }

    /// <summary>Path that answers 2xx when the service is well; null where there is none.</summary>
    public string? Health { get; init; }
}
