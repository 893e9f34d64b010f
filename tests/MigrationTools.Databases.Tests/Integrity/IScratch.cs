using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>Makes empty databases of one engine for a test, and takes them away after it.</summary>
public interface IScratch : IAsyncDisposable
{
    IDatabaseProvider Provider { get; }

    /// <summary>A new database in which the statements were run.</summary>
    Task<Endpoint> NewAsync(string sql);
}
