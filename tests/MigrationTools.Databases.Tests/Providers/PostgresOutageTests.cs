using MigrationTools.Databases.Postgres;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>Servers that go away in the middle. Each test has a server of its own to kill.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private readonly PostgresCluster _cluster = new();
    private IDatabase _database = null!;
    private TableSchema _table = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cluster.EnsureStartedAsync();
        _database = new PostgresProvider().Open(Endpoint.Parse(_cluster.UriOf("postgres"), Path.GetTempPath()));
        await _database.ExecuteAsync("CREATE TABLE t (a int8, b text); INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 100000) AS i");
        _table = await _database.TableAsync(new TableName("public", "t"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_server_killed_while_it_is_read_is_told_and_serves_again_after_its_recovery()
    {
        await using (var snapshot = await _database.OpenSnapshotAsync(Token))
        {
            await using var reader = await snapshot.ReadAsync(_table.Query(), Token);
            var batch = new RowBatch(2);
            (await reader.ReadAsync(batch, Token)).ShouldBeTrue();
            await _cluster.KillAsync();

            var failure = await Should.ThrowAsync<DatabaseException>(async () =>
            {
                while (await reader.ReadAsync(batch, Token))
                {
                }
            });
            failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
            (await Should.ThrowAsync<DatabaseException>(() => snapshot.CountAsync(_table.Query(), Token))).ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        }

        await _cluster.StartAsync();
        await using var again = await _database.OpenSnapshotAsync(Token);
        (await again.CountAsync(_table.Query(), Token)).ShouldBe(100_000);
    }

    [Fact]
    public async Task A_server_killed_while_it_is_written_keeps_nothing_of_the_write()
    {
        var rows = DatabaseRows.Batch(Enumerable.Range(0, 1000).Select(number => new[] { Cell.Int64(number), Cell.Text(new string('y', 500)) }).ToArray());
        await using (var session = await _database.OpenSessionAsync(Token))
        {
            await session.BeginAsync(Token);
            await using var writer = await session.WriteAsync(_table.Name, _table.Columns, Token);
            await writer.WriteAsync(rows, 0, 1000, Token);
            await _cluster.KillAsync();

            var failure = await Should.ThrowAsync<DatabaseException>(async () =>
            {
                for (var turn = 0; turn < 100; turn++)
                {
                    await writer.WriteAsync(rows, 0, 1000, Token);
                }

                await writer.CompleteAsync(Token);
            });
            failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
            await writer.DisposeAsync();
            await session.RollbackAsync(Token);
        }

        await _cluster.StartAsync();
        await using var snapshot = await _database.OpenSnapshotAsync(Token);
        (await snapshot.ScalarAsync("SELECT count(*) FROM t WHERE b LIKE 'y%'", Token)).ShouldBe("0");
    }

    [Fact]
    public async Task A_session_that_an_administrator_ends_is_told()
    {
        await using var session = await _database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);

        await _cluster.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        var failure = await Should.ThrowAsync<DatabaseException>(() => session.ExecuteAsync("SELECT 1", [], Token));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        await session.RollbackAsync(Token);
    }

    [Fact]
    public async Task A_server_that_was_stopped_is_not_there()
    {
        await _cluster.StopAsync();

        (await Should.ThrowAsync<DatabaseException>(() => _database.ExistsAsync(Token))).ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);

        await _cluster.StartAsync();
        (await _database.ExistsAsync(Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_read_that_sorts_before_it_sends_is_cancelled_on_the_server()
    {
        var endless = new RowQuery
        {
            Sql = "SELECT a.a FROM t AS a, t AS b, t AS c ORDER BY a.a + b.a * c.a",
            Columns = [new ReadColumn("a", new LogicalType(LogicalKind.Int64))],
        };
        using var cancellation = new CancellationTokenSource();
        await using var snapshot = await _database.OpenSnapshotAsync(Token);
        const string active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%'";

        // The server sends nothing, not even that the COPY has begun, before it has sorted.
        var opening = snapshot.ReadAsync(endless, cancellation.Token);
        while (await ActiveAsync() == "0")
        {
            opening.IsCompleted.ShouldBeFalse();
        }

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => opening);

        (await ActiveAsync()).ShouldBe("0");

        async Task<string?> ActiveAsync()
        {
            await using var session = await _database.OpenSessionAsync(Token);
            return (await session.QueryAsync(active, [], Token))[0][0];
        }
    }
}
