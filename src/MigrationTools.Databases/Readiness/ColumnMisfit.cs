namespace MigrationTools.Databases.Readiness;

/// <summary>Values of the source that a target column can't hold, for one reason.</summary>
/// <param name="Column">The target's column.</param>
/// <param name="ServerType">Its type.</param>
/// <param name="Reason">Why, with the first value's figure where it has one, such as <c>longer than 20 characters (31)</c>; never a value.</param>
/// <param name="Count">How many rows, all of them counted.</param>
/// <param name="SampleKeys">Keys of some of the rows.</param>
public sealed record ColumnMisfit(string Column, string ServerType, string Reason, long Count, IReadOnlyList<string> SampleKeys);
