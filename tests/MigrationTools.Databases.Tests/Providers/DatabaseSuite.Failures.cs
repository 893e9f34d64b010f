using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

public abstract partial class DatabaseSuite
{
    [Fact]
    public async Task A_duplicate_key_is_the_datas_fault_and_leaves_what_was_before_the_savepoint()
    {
        var table = await Database.CreateAsync(new TableSchema
        {
            Name = Name("keyed"),
            Columns = [Column("k", LogicalKind.Text, nullable: false)],
            PrimaryKey = new KeySchema(null, ["k"]),
        });
        await using var session = await Database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);
        await session.ExecuteAsync("INSERT INTO keyed VALUES ('before')", [], Token);
        await session.SavepointAsync("chunk", Token);

        var failure = await FailureOf(async () =>
        {
            await using var writer = await session.WriteAsync(table.Name, table.Columns, Token);
            await writer.WriteAsync(DatabaseRows.Batch([Cell.Text("a")], [Cell.Text("a")]), 0, 2, Token);
            await writer.CompleteAsync(Token);
        });
        await session.RollbackToAsync("chunk", Token);
        await session.CommitAsync(Token);

        failure.IsDataError.ShouldBeTrue();
        failure.ErrorId.ShouldBe(ErrorIds.DatabaseError);
        failure.ServerCode.ShouldNotBeNull();
        failure.Message.ShouldContain("keyed");
        (await Database.ReadAsync(table.Query())).ShouldHold([[Cell.Text("before")]]);
    }

    [Fact]
    public async Task A_null_where_none_may_be_is_the_datas_fault()
    {
        var table = await CreateAsync("strict", Column("k", LogicalKind.Text, nullable: false));

        (await FailureOf(() => Database.WriteAsync(table, [Cell.Null]))).IsDataError.ShouldBeTrue();
    }

    [Fact]
    public async Task A_write_that_is_not_completed_leaves_nothing_and_the_session_usable()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        await using var session = await Database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);
        await session.SavepointAsync("chunk", Token);

        await using (var writer = await session.WriteAsync(table.Name, table.Columns, Token))
        {
            await writer.WriteAsync(DatabaseRows.Batch([Cell.Int64(1)]), 0, 1, Token);
        }

        await session.RollbackToAsync("chunk", Token);
        await session.ExecuteAsync("INSERT INTO t VALUES (2)", [], Token);
        await session.CommitAsync(Token);
        (await Database.ReadAsync(table.Query())).ShouldHold([[Cell.Int64(2)]]);
    }

    [Fact]
    public async Task Cancelling_a_write_leaves_nothing()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        using var cancellation = new CancellationTokenSource();
        var rows = DatabaseRows.Batch(Enumerable.Range(0, 1000).Select(number => new[] { Cell.Int64(number) }).ToArray());

        await using (var session = await Database.OpenSessionAsync(Token))
        {
            await session.BeginAsync(Token);
            await Should.ThrowAsync<OperationCanceledException>(async () =>
            {
                await using var writer = await session.WriteAsync(table.Name, table.Columns, cancellation.Token);
                await writer.WriteAsync(rows, 0, 1000, cancellation.Token);
                await cancellation.CancelAsync();
                await writer.WriteAsync(rows, 0, 1000, cancellation.Token);
            });
            await session.RollbackAsync(CancellationToken.None);
        }

        (await Database.ReadAsync(table.Query())).ShouldBeEmpty();
        await AssertNobodyIsConnectedAsync();
    }

    [Fact]
    public async Task Cancelling_a_read_leaves_the_snapshot_usable_and_nobody_behind()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        await Database.WriteAsync(table, Enumerable.Range(0, 50).Select(number => new[] { Cell.Int64(number) }).ToArray());
        using var cancellation = new CancellationTokenSource();
        var endless = table.Query() with { Sql = "SELECT a.a FROM t a, t b, t c, t d, t e, t f", Table = null };

        await using (var snapshot = await Database.OpenSnapshotAsync(Token))
        {
            await Should.ThrowAsync<OperationCanceledException>(async () =>
            {
                await using var reader = await snapshot.ReadAsync(endless, cancellation.Token);
                var batch = new RowBatch(1);
                (await reader.ReadAsync(batch, cancellation.Token)).ShouldBeTrue();
                await cancellation.CancelAsync();
                while (await reader.ReadAsync(batch, cancellation.Token))
                {
                }
            });

            (await snapshot.AllAsync(table.Query())).Count.ShouldBe(50);
        }

        await AssertNobodyIsConnectedAsync();
    }

    [Fact]
    public async Task Cancelling_a_statement_that_never_ends_ends_it()
    {
        await CreateAsync("t", Column("a", LogicalKind.Int64));
        using var cancellation = new CancellationTokenSource();
        await using (var snapshot = await Database.OpenSnapshotAsync(Token))
        {
            var running = snapshot.ScalarAsync("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 - 1 FROM n) SELECT count(*) FROM n", cancellation.Token);
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
            await Should.ThrowAsync<OperationCanceledException>(() => running);
        }

        await AssertNobodyIsConnectedAsync();
    }

    [Fact]
    public async Task A_reader_given_up_in_the_middle_leaves_the_snapshot_usable()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        await Database.WriteAsync(table, Enumerable.Range(0, 3000).Select(number => new[] { Cell.Int64(number) }).ToArray());
        await using (var snapshot = await Database.OpenSnapshotAsync(Token))
        {
            await using (var reader = await snapshot.ReadAsync(table.Query(), Token))
            {
                (await reader.ReadAsync(new RowBatch(1), Token)).ShouldBeTrue();
            }

            (await snapshot.AllAsync(table.Query())).Count.ShouldBe(3000);
        }

        await AssertNobodyIsConnectedAsync();
    }

    [Fact]
    public async Task A_statement_that_fails_says_where_and_why()
    {
        await using var session = await Database.OpenSessionAsync(Token);

        var failure = await FailureOf(() => session.ExecuteAsync("SELECT * FROM nowhere", [], Token));

        failure.ErrorId.ShouldBe(ErrorIds.DatabaseError);
        failure.IsDataError.ShouldBeFalse();
        failure.Message.ShouldContain("nowhere");
        failure.Message.ShouldContain(Database.Endpoint.Redacted);
        failure.Message.ShouldNotContain(MigrationTools.Tests.Postgres.PostgresCluster.Password);
    }

    [Fact]
    public async Task A_transaction_that_failed_can_not_be_taken_for_committed()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64, nullable: false));
        await using var session = await Database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);
        await session.ExecuteAsync("INSERT INTO t VALUES (1)", [], Token);
        await FailureOf(() => session.ExecuteAsync("INSERT INTO t VALUES (NULL)", [], Token));

        // SQLite loses only the statement and commits the rest; PostgreSQL must refuse.
        try
        {
            await session.CommitAsync(Token);
        }
        catch (DatabaseException)
        {
            await session.RollbackAsync(Token);
            (await Database.ReadAsync(table.Query())).ShouldBeEmpty();
            return;
        }

        (await Database.ReadAsync(table.Query())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rolling_back_without_a_transaction_does_nothing()
    {
        await using var session = await Database.OpenSessionAsync(Token);

        await session.RollbackAsync(Token);

        (await session.QueryAsync("SELECT 1", [], Token)).ShouldBe([["1"]]);
    }

    /// <summary>Fails where a connection of this database's is still open on the server.</summary>
    protected abstract Task AssertNobodyIsConnectedAsync();
}
