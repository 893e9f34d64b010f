using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>A session of this tool on a source that may be under its own fence.</summary>
internal static class SourceSession
{
    public static async Task<IDatabaseSession> OpenAsync(IDatabase source, CancellationToken cancellationToken)
    {
        var session = await source.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (source.Dialect.Name == "postgresql")
            {
                await session.ExecuteAsync("set default_transaction_read_only = off", [], cancellationToken).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
