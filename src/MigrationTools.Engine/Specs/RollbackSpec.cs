namespace MigrationTools.Engine.Specs;

/// <summary>What happens when a run fails.</summary>
public sealed record RollbackSpec
{
    public RollbackMode Mode { get; init; }

    public RollbackStyle Style { get; init; }

    /// <summary>Conditions as written, such as <c>error_rate &gt; 5%</c>.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    public TimeSpan? MaxDuration { get; init; }
}
