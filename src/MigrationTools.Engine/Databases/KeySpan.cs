namespace MigrationTools.Engine.Databases;

/// <summary>Whole numbers after one and up to another.</summary>
/// <param name="After">Not in it; null from the least on.</param>
/// <param name="UpTo">In it; null to the largest, and what an engine sorts after all numbers.</param>
public readonly record struct KeySpan(long? After, long? UpTo);
