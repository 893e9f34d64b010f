using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>
/// Which tables of a system belong together. Where the target's tables are only made during the run (by scripts, or by converting the
/// source's schema), the pairs are resolved against the schema that is planned.
/// </summary>
public interface ITablePairSource
{
    /// <exception cref="Engine.MigrationToolsException">The pairs can't be told.</exception>
    Task<IReadOnlyList<TablePair>> GetAsync(DatabaseSystemSpec system, CancellationToken cancellationToken);
}
