namespace MigrationTools.Engine.Specs;

/// <summary>A person's yes that a run waits for.</summary>
public sealed record ApprovalSpec
{
    /// <summary>How long it waits before it holds; a held run waits on when it is resumed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(24);
}
