using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>The merged result of one pair of databases.</summary>
/// <param name="System">Its name and endpoints.</param>
/// <param name="Verdict">Its tables' verdicts combined.</param>
/// <param name="Tables">In order of target table.</param>
public sealed record MergedSystem(PlannedSystem System, Verdict Verdict, IReadOnlyList<TableComparison> Tables);
