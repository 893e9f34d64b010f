using MigrationTools.Databases.Readiness;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Mapping;

/// <summary>The pairs of a system as they will be once the target's schema is made.</summary>
public sealed class PlannedPairs(DatabaseLayouts layouts) : ITablePairSource
{
    /// <exception cref="InvalidRequestException">Source and target do not fit together.</exception>
    public async Task<IReadOnlyList<TablePair>> GetAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolvePlannedAsync(system, cancellationToken).ConfigureAwait(false);
        return layout.Pairing.Problems.Count == 0
            ? layout.Pairs
            : throw new InvalidRequestException(
                $"{system.Source} and {system.Target} do not fit together: {string.Join("; ", layout.Pairing.Problems)}");
    }
}
