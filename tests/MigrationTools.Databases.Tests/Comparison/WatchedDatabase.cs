using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>A real database, whose snapshots tell of each reading before it is begun; what is told may fail it, wait, or change the database.</summary>
/// <param name="inner">The database; not disposed of here.</param>
/// <param name="beforeRead">Told of each query of rows.</param>
internal sealed class WatchedDatabase(IDatabase inner, Func<RowQuery, CancellationToken, Task> beforeRead) : IDatabase
{
    /// <summary>False makes each reading one of its own time, as of a side that has no consistent snapshot.</summary>
    public bool IsConsistent { get; init; } = true;

    public MigrationTools.Engine.Endpoints.Endpoint Endpoint => inner.Endpoint;

    public ISqlDialect Dialect => inner.Dialect;

    public Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken) => inner.GetServerInfoAsync(cancellationToken);

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

    public Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken) => inner.DescribeQueryAsync(sql, cancellationToken);

    public async Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) =>
        new Snapshot((INativeHashing)await inner.OpenSnapshotAsync(cancellationToken), beforeRead, IsConsistent ? null : inner);

    public Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken) => inner.OpenSessionAsync(cancellationToken);

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => inner.ExistsAsync(cancellationToken);

    public Task RemoveAsync(CancellationToken cancellationToken) => inner.RemoveAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Snapshot(INativeHashing inner, Func<RowQuery, CancellationToken, Task> beforeRead, IDatabase? anew) : INativeHashing
    {
        private readonly List<IDatabaseSnapshot> _opened = [];

        public string Position => inner.Position;

        public string Engine => inner.Engine;

        public async Task<IRowReader> ReadAsync(RowQuery query, CancellationToken cancellationToken)
        {
            await beforeRead(query, cancellationToken);
            if (anew is null)
            {
                return await inner.ReadAsync(query, cancellationToken);
            }

            _opened.Add(await anew.OpenSnapshotAsync(cancellationToken));
            return await _opened[^1].ReadAsync(query, cancellationToken);
        }

        public Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken) => inner.ScalarAsync(sql, cancellationToken);

        public Task<QueryAnswer> AskAsync(string sql, CancellationToken cancellationToken) => inner.AskAsync(sql, cancellationToken);

        public Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken) => inner.ReadSequencesAsync(cancellationToken);

        public Task<long> CountAsync(RowQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);

        public Task<long?> EstimateAsync(RowQuery query, CancellationToken cancellationToken) => inner.EstimateAsync(query, cancellationToken);

        public bool HashesAsItComes(LogicalType type) => inner.HashesAsItComes(type);

        public Task<(long Least, long Largest)?> BoundsAsync(RowQuery query, string column, CancellationToken cancellationToken) => inner.BoundsAsync(query, column, cancellationToken);

        public Task<IReadOnlyList<long>> SampleAsync(RowQuery query, string column, int count, CancellationToken cancellationToken) => inner.SampleAsync(query, column, count, cancellationToken);

        public Task<int?> CountActiveSessionsAsync(CancellationToken cancellationToken) => inner.CountActiveSessionsAsync(cancellationToken);

        public Task<IReadOnlyList<string>> DescribeAsync(RowQuery query, CancellationToken cancellationToken) => inner.DescribeAsync(query, cancellationToken);

        public string? FormOf(string sourceType, string targetType, ColumnMeaning meaning) => inner.FormOf(sourceType, targetType, meaning);

        public Task<string> ProbeAsync(IReadOnlyList<string> forms, CancellationToken cancellationToken) => inner.ProbeAsync(forms, cancellationToken);

        public IRowHasher HashNatively(RowQuery query, HashedRow row, Segmentation segmentation) => inner.HashNatively(query, row, segmentation);

        public async ValueTask DisposeAsync()
        {
            foreach (var opened in _opened)
            {
                await opened.DisposeAsync();
            }

            await inner.DisposeAsync();
        }
    }
}
