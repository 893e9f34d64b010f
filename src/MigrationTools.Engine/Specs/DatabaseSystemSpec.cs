using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs;

/// <summary>A database that moves from a source to a target.</summary>
public sealed record DatabaseSystemSpec : SystemSpec
{
    public override string Kind => "database";

    public override bool Contracts => Contract != ContractMode.Nothing;

    public required Endpoint Source { get; init; }

    public required Endpoint Target { get; init; }

    /// <summary>Directory (absolute) of versioned SQL scripts that make the target's schema; null converts the source's schema.</summary>
    public string? Scripts { get; init; }

    /// <summary>Wildcards (* and ?) of source tables to take; a mapping of a table counts as including it.</summary>
    public IReadOnlyList<string> Include { get; init; } = ["*"];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    public IReadOnlyList<TableMapSpec> Map { get; init; } = [];

    public CopySpec Copy { get; init; } = new();

    public FenceMode Fence { get; init; }

    public ReplicationMode Replication { get; init; }

    /// <summary>How the target's server reaches the source, as the server itself must write it; null where that is <see cref="Source"/>.</summary>
    public Endpoint? ReplicationSource { get; init; }

    /// <summary>How long the last changes may take to arrive under the fence before the run holds.</summary>
    public TimeSpan ReplicationDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is removed of the source in the end.</summary>
    public ContractMode Contract { get; init; }
}
