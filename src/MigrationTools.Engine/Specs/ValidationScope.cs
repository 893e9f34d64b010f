namespace MigrationTools.Engine.Specs;

/// <summary>Which tables a validation looks at: <c>all</c>, <c>none</c> with a reason, or a list of target tables.</summary>
public sealed record ValidationScope
{
    public static ValidationScope All { get; } = new();

    /// <summary>Wildcards of target tables; null means all.</summary>
    public IReadOnlyList<string>? Tables { get; init; }

    /// <summary>Why nothing is looked at; set exactly when the scope is none.</summary>
    public string? SkippedBecause { get; init; }
}
