using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Readiness;

/// <summary>
/// A real engine whose server says of itself what a test wants it to: figures that real servers give only where their disk is nearly full, or that they keep
/// to themselves.
/// </summary>
internal sealed class TerseProvider(IDatabaseProvider inner, Func<ServerInfo, ServerInfo> says) : IDatabaseProvider
{
    public IReadOnlyList<string> Schemes => inner.Schemes;

    public IDatabase Open(Endpoint endpoint) => new TerseDatabase(inner.Open(endpoint), says);

    private sealed class TerseDatabase(IDatabase database, Func<ServerInfo, ServerInfo> says) : IDatabase
    {
        public Endpoint Endpoint => database.Endpoint;

        public ISqlDialect Dialect => database.Dialect;

        public async Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken) => says(await database.GetServerInfoAsync(cancellationToken));

        public Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken) => database.DescribeQueryAsync(sql, cancellationToken);

        public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => database.ReadSchemaAsync(cancellationToken);

        public Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) => database.OpenSnapshotAsync(cancellationToken);

        public Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken) => database.OpenSessionAsync(cancellationToken);

        public Task<bool> ExistsAsync(CancellationToken cancellationToken) => database.ExistsAsync(cancellationToken);

        public Task RemoveAsync(CancellationToken cancellationToken) => database.RemoveAsync(cancellationToken);

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
