using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Copying;

/// <summary>A real database, every call to which passes an <see cref="Interference"/>.</summary>
public sealed class DisturbedDatabase(IDatabase inner, Interference interference, string? onOpen = null) : IDatabase
{
    public Endpoint Endpoint => inner.Endpoint;

    public ISqlDialect Dialect => inner.Dialect;

    public Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken) => inner.GetServerInfoAsync(cancellationToken);

    public Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken) => inner.DescribeQueryAsync(sql, cancellationToken);

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

    public Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) => inner.OpenSnapshotAsync(cancellationToken);

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => inner.ExistsAsync(cancellationToken);

    public Task RemoveAsync(CancellationToken cancellationToken) => inner.RemoveAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken) => interference.AroundAsync<IDatabaseSession>(async () =>
    {
        var session = await inner.OpenSessionAsync(cancellationToken);
        if (onOpen is not null)
        {
            await session.ExecuteAsync(onOpen, [], cancellationToken);
        }

        return new Session(session, interference);
    });

    private sealed class Session(IDatabaseSession inner, Interference interference) : IDatabaseSession
    {
        public Task BeginAsync(CancellationToken cancellationToken) => interference.AroundAsync(() => inner.BeginAsync(cancellationToken));

        public Task CommitAsync(CancellationToken cancellationToken) => interference.AroundAsync(() => inner.CommitAsync(cancellationToken));

        public Task RollbackAsync(CancellationToken cancellationToken) => inner.RollbackAsync(cancellationToken);

        public Task SavepointAsync(string name, CancellationToken cancellationToken) => interference.AroundAsync(() => inner.SavepointAsync(name, cancellationToken));

        public Task RollbackToAsync(string name, CancellationToken cancellationToken) => interference.AroundAsync(() => inner.RollbackToAsync(name, cancellationToken));

        public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken) =>
            interference.AroundAsync(() => inner.ExecuteAsync(sql, values, cancellationToken));

        public Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken) =>
            interference.AroundAsync(() => inner.QueryAsync(sql, values, cancellationToken));

        public async Task<IRowWriter> WriteAsync(TableName table, IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken)
        {
            IRowWriter? opened = null;
            try
            {
                return await interference.AroundAsync<IRowWriter>(async () => new Writer(opened = await inner.WriteAsync(table, columns, cancellationToken), interference));
            }
            catch when (opened is not null)
            {
                // A provider that fails to open a write leaves none open.
                await opened.DisposeAsync();
                throw;
            }
        }

        public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Writer(IRowWriter inner, Interference interference) : IRowWriter
    {
        public async ValueTask WriteAsync(RowBatch batch, int start, int count, CancellationToken cancellationToken) =>
            await interference.AroundAsync(async () => await inner.WriteAsync(batch, start, count, cancellationToken));

        public async ValueTask<long> CompleteAsync(CancellationToken cancellationToken) => await interference.AroundAsync(async () => await inner.CompleteAsync(cancellationToken));

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
