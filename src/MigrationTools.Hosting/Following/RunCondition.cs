using MigrationTools.Engine.Checks;

namespace MigrationTools.Hosting.Following;

/// <summary>A gate's question with the value that was seen and the limit that it was held against.</summary>
/// <param name="Name">The condition as the spec has it.</param>
/// <param name="Verdict">Its answer.</param>
/// <param name="Seen">What was seen, in a line.</param>
/// <param name="Limit">What was expected; null where the question has no limit.</param>
public sealed record RunCondition(string Name, Verdict Verdict, string Seen, string? Limit);
