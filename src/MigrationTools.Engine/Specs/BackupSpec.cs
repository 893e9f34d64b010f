namespace MigrationTools.Engine.Specs;

/// <summary>The backup that must be there.</summary>
public sealed record BackupSpec
{
    /// <summary>Name of the database system.</summary>
    public required string System { get; init; }

    public EndpointSide Side { get; init; }

    /// <summary>The backup's file, absolute.</summary>
    public required string File { get; init; }

    /// <summary>How old it may be.</summary>
    public TimeSpan? MaxAge { get; init; }

    public BackupProof Proof { get; init; } = BackupProof.Verified;
}
