namespace MigrationTools.Databases.Replication;

/// <summary>What was seen of one thing that logical replication needs.</summary>
/// <param name="Id">Stable, such as <c>walLevel</c>.</param>
/// <param name="Question">What was asked, in words.</param>
/// <param name="Fits">Whether it is as it must be.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Remedy">What to do where it does not fit.</param>
/// <param name="Query">What was looked at.</param>
/// <param name="Seen">The value.</param>
public sealed record FitnessAnswer(string Id, string Question, bool Fits, string Message, string Remedy, string Query, string? Seen);
