using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Tests.Postgres;

/// <summary>A database of a test's own; dropped with its connections when disposed.</summary>
public sealed class PostgresTestDatabase : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;

    internal PostgresTestDatabase(PostgresCluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Reaches it over the loopback address, password included.</summary>
    public string Uri => _cluster.UriOf(Name);

    public Endpoint Endpoint => Endpoint.Parse(Uri, Path.GetTempPath());

    public ValueTask DisposeAsync() => _cluster.DropDatabaseAsync(Name);
}
