using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Runs;

/// <summary>
/// Keeps the runs out of a SQLite file that a run itself works on: a rollback removes a target file that the run made, and the journal
/// with it; and one writer at a time would make copy and journal wait for each other. A PostgreSQL database may hold both.
/// </summary>
internal static class StoreOfItsOwn
{
    private const string Scheme = "sqlite";

    /// <exception cref="InvalidRequestException">The store's file is a source or target of the spec.</exception>
    public static void Ensure(Endpoint store, MigrationSpec spec)
    {
        if (store.Scheme != Scheme)
        {
            return;
        }

        var file = RealPath.Of(SqliteLocation.PathOf(store));
        foreach (var system in spec.Databases)
        {
            foreach (var (side, endpoint) in new[] { ("source", system.Source), ("target", system.Target) })
            {
                if (endpoint.Scheme == Scheme && RealPath.Comparer.Equals(RealPath.Of(SqliteLocation.PathOf(endpoint)), file))
                {
                    throw new InvalidRequestException(
                        $"The store of runs {store} is the {side} of the system '{system.Name}'. A rollback may remove that file, and the journal must outlive it: keep the runs in another file, a directory or a PostgreSQL database.");
                }
            }
        }
    }
}
