namespace MigrationTools.Engine.Specs;

/// <summary>What the machine of an endpoint must have free.</summary>
public sealed record ResourcesSpec
{
    /// <summary>Name of the database system.</summary>
    public required string System { get; init; }

    public EndpointSide Side { get; init; } = EndpointSide.Target;

    /// <summary>Bytes.</summary>
    public long? FreeDisk { get; init; }

    /// <summary>Bytes free on this machine.</summary>
    public long? FreeMemory { get; init; }

    public int? FreeConnections { get; init; }
}
