using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

/// <summary>Databases and a directory for one test, gone with it.</summary>
public sealed class CopyRoom(PostgresCluster cluster) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];
    private int _files;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("mt-copy-").FullName;

    public string Rejected => Path.Combine(Directory, "rejected");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public CopyOptions Options => new() { CopyId = "test", RejectedDirectory = Rejected, ChunkRows = 1000 };

    /// <summary>An empty database of an engine, made ready by SQL.</summary>
    public async Task<IDatabase> OpenAsync(string engine, string? sql = null)
    {
        IDatabase database;
        if (engine == "sqlite")
        {
            database = new SqliteProvider().Open(Endpoint.Parse($"sqlite:{++_files}.db", Directory));
        }
        else
        {
            var made = await cluster.CreateDatabaseAsync();
            _open.Add(made);
            database = new PostgresProvider().Open(made.Endpoint);
        }

        _open.Add(database);
        await database.ExecuteAsync(sql ?? "SELECT 1");
        return database;
    }

    /// <summary>Pairs every source table with the target's of the same name, and columns with columns of the same name.</summary>
    public static async Task<IReadOnlyList<TablePair>> PairAsync(IDatabase source, IDatabase target)
    {
        var (from, to) = (await source.ReadSchemaAsync(Token), await target.ReadSchemaAsync(Token));
        return [.. from.Tables.Where(table => table.Name.Name != CopyProgress.TableName).Select(table => Pair(table, to.Find(new TableName(null, table.Name.Name)).ShouldNotBeNull()))];
    }

    public static TablePair Pair(TableSchema source, TableSchema target) => new()
    {
        Source = source,
        Target = target,
        Columns = [.. target.Columns.Where(column => source.FindColumn(column.Name) is not null).Select(column => new ColumnPair(Read(source.FindColumn(column.Name)!), column))],
        Key = target.PrimaryKey?.Columns ?? [],
    };

    public async Task<IReadOnlyList<TableCopyResult>> CopyAsync(
        IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, CopyOptions? options = null, TimeProvider? time = null, CancellationToken? token = null)
    {
        var results = new List<TableCopyResult>();
        await foreach (var result in new DatabaseCopier(time).CopyAsync(source, target, pairs, options ?? Options, SilentObserver.Instance, token ?? Token))
        {
            results.Add(result);
        }

        return results;
    }

    public async Task<IReadOnlyList<TableCopyResult>> CopyAllAsync(IDatabase source, IDatabase target) => await CopyAsync(source, target, await PairAsync(source, target));

    /// <summary>All rows of a query as text.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(Token);
        var rows = await session.QueryAsync(sql, [], Token);
        return [.. rows.Select(row => string.Join('|', row.Select(value => value ?? "NULL")))];
    }

    public static async Task<string> ScalarAsync(IDatabase database, string sql) => (await RowsAsync(database, sql)).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        foreach (var item in Enumerable.Reverse(_open))
        {
            await item.DisposeAsync();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static ReadColumn Read(ColumnSchema column) => new(column.Name, column.Type);
}
