using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Two databases whose comparison is to be planned.</summary>
/// <param name="Name">The system's name; null for two endpoints.</param>
/// <param name="Source">Opened by the caller, and closed by it.</param>
/// <param name="Target">Likewise.</param>
/// <param name="Pairs">What of them is compared.</param>
public sealed record PlannableSystem(string? Name, IDatabase Source, IDatabase Target, IReadOnlyList<TablePair> Pairs);
