namespace MigrationTools.Engine.Specs;

/// <summary>How an answer tells which side gave it.</summary>
/// <param name="Path">What is asked for.</param>
/// <param name="Header">The header that names the side; null where the body does.</param>
/// <param name="Source">The regular expression of the old side's answers.</param>
/// <param name="Target">The regular expression of the new side's answers.</param>
public sealed record TrafficIdentitySpec(string Path, string? Header, string Source, string Target);
