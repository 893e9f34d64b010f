namespace MigrationTools.Engine.Specs;

/// <summary>What must be so before a run starts.</summary>
public sealed record ReadinessSpec
{
    public BackupSpec? Backup { get; init; }

    public ResourcesSpec? Resources { get; init; }

    /// <summary>Checks of readiness that the user skips: check id (wildcards) → reason. They read as Skipped, never as Passed.</summary>
    public IReadOnlyDictionary<string, string> Skip { get; init; } = new Dictionary<string, string>();
}
