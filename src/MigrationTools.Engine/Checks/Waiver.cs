namespace MigrationTools.Engine.Checks;

/// <summary>A person's decision to go on without a check.</summary>
public sealed record Waiver(string Who, string Why, DateTimeOffset At);
