namespace MigrationTools.Engine.Operations;

/// <summary>A change about to be made, put to a person.</summary>
/// <param name="Target">What would be changed (redacted).</param>
/// <param name="Action">What would be done to it.</param>
/// <param name="Destructive">Whether it can't be undone.</param>
public sealed record Confirmation(string Target, string Action, bool Destructive);
