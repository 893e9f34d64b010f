using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Steps;

/// <summary>The two databases of a system, open.</summary>
public sealed record DatabasePair(DatabaseSystemSpec System, IDatabase Source, IDatabase Target) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync().ConfigureAwait(false);
        await Target.DisposeAsync().ConfigureAwait(false);
    }
}
