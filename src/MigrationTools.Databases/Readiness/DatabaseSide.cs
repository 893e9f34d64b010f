using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>One side of a database system, as the readiness checks ask it.</summary>
internal sealed record DatabaseSide(DatabaseSystemSpec System, EndpointSide Side)
{
    public Endpoint Endpoint => Side == EndpointSide.Source ? System.Source : System.Target;

    /// <summary><c>shop_database.source</c>, as specs name it.</summary>
    public string Id => $"{System.Name}.{Word}";

    /// <summary>source or target.</summary>
    public string Word => Side == EndpointSide.Source ? "source" : "target";

    public static IEnumerable<DatabaseSide> Of(MigrationSpec spec) =>
        spec.Databases.SelectMany(system => new[] { new DatabaseSide(system, EndpointSide.Source), new DatabaseSide(system, EndpointSide.Target) });

    /// <summary>
    /// The file that is the database, for engines whose databases are files of this machine and come into being when they are first
    /// written; null for servers.
    /// </summary>
    public string? File => Endpoint.Scheme == "sqlite" ? SqliteLocation.PathOf(Endpoint) : null;

    /// <summary>Evidence about <see cref="File"/>.</summary>
    public Evidence SeenOfFile(string what, string observed, TimeProvider time) => new(what, observed, time.GetUtcNow()) { Endpoint = Endpoint.Redacted };

    public async Task<T> AskAsync<T>(DatabaseCatalog catalog, Func<IDatabase, Task<T>> question)
    {
        var database = catalog.Open(Endpoint);
        await using var ofDatabase = database.ConfigureAwait(false);
        return await question(database).ConfigureAwait(false);
    }
}
