using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// The database of a store of runs. Each piece of work has a connection of its own: between two entries of a journal hours may pass, and a
/// connection that idles so long is cut by what lies between. Failures say that it was the store.
/// </summary>
internal sealed class RunDatabase(DatabaseCatalog catalog, Endpoint endpoint)
{
    // Opened when first needed, for that resolves secrets. It holds no connection, so there is nothing to close.
    private readonly Lazy<IDatabase> _database = new(() => catalog.Open(endpoint));

    public Endpoint Endpoint => endpoint;

    /// <summary>Reads. There are no runs where there is no file yet, and nothing is made by looking.</summary>
    public Task<T> ReadAsync<T>(Func<RunTables, Task<T>> work, T missing, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // A server's database that is not there is a mistake, which connecting to it reports.
        if (IsFile && !await _database.Value.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return missing;
        }

        var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var close = session.ConfigureAwait(false);
        var tables = new RunTables(session, _database.Value.Dialect);
        return await tables.ExistAsync(cancellationToken).ConfigureAwait(false) ? await work(tables).ConfigureAwait(false) : missing;
    });

    /// <summary>Writes in one transaction: when it returns, what was written survives. Closing the connection takes back what was not committed.</summary>
    public Task<T> WriteAsync<T>(Func<RunTables, Task<T>> work, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var close = session.ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var result = await work(new RunTables(session, _database.Value.Dialect)).ConfigureAwait(false);

        // Not to be cancelled: nobody could tell what came of it.
        await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return result;
    });

    /// <summary>Makes the store's file where it is one and not there, so that only its owner may read it.</summary>
    public void MakeFile()
    {
        if (!IsFile)
        {
            return;
        }

        var path = SqliteLocation.PathOf(endpoint);
        try
        {
            new FileStream(path, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is there, or can't be made: opening it says which.
        }
    }

    private bool IsFile => _database.Value.Dialect.Name == "sqlite";

    private async Task<IDatabaseSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await _database.Value.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (RunTableHabits.Of(_database.Value.Dialect).OnOpen is { } sql)
            {
                await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DatabaseException e)
        {
            throw new DatabaseException(e.ErrorId, $"The store of runs: {e.Message}", e) { ServerCode = e.ServerCode, IsDataError = e.IsDataError };
        }
    }
}
