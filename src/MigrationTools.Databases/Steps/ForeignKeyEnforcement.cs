using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>SQLite's switch for foreign keys: off for the session, outside a transaction (its documentation of PRAGMA foreign_keys). PostgreSQL has none.</summary>
internal static class ForeignKeyEnforcement
{
    public static async Task TurnOffAsync(IDatabaseSession session, ISqlDialect dialect, CancellationToken cancellationToken)
    {
        if (dialect.Name == "sqlite")
        {
            await session.ExecuteAsync("pragma foreign_keys = off", [], cancellationToken).ConfigureAwait(false);
        }
    }
}
