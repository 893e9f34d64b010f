using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Tests.Readiness;

/// <summary>Pairs as a test says.</summary>
internal sealed class DelegatePairs(Func<DatabaseSystemSpec, Task<IReadOnlyList<TablePair>>> pairs) : ITablePairSource
{
    public int Asked { get; private set; }

    public static DelegatePairs None => new(_ => Task.FromResult<IReadOnlyList<TablePair>>([]));

    public Task<IReadOnlyList<TablePair>> GetAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        Asked++;
        return pairs(system);
    }
}
