using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison;

/// <summary>The result of comparing two databases.</summary>
/// <param name="Verdict">The tables' verdicts combined; NotRun where there was no table.</param>
/// <param name="Source">Redacted endpoint.</param>
/// <param name="Target">Redacted endpoint.</param>
/// <param name="Tables">In order of target table.</param>
public sealed record DatabaseComparison(Verdict Verdict, string Source, string Target, IReadOnlyList<TableComparison> Tables);
