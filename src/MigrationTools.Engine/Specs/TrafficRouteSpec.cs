namespace MigrationTools.Engine.Specs;

/// <summary>A route that moves on its own.</summary>
/// <param name="Name">Its key.</param>
public sealed record TrafficRouteSpec(string Name)
{
    /// <summary>The path prefix.</summary>
    public string? Path { get; init; }

    /// <summary>The router's group; the system's where null.</summary>
    public string? Backend { get; init; }

    public string? Source { get; init; }

    public string? Target { get; init; }
}
