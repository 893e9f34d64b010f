using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Postgres;

/// <summary>PostgreSQL by libpq's URI: <c>postgresql://user@host:5432/db?sslmode=verify-full</c>.</summary>
/// <remarks>
/// Without sslmode a server elsewhere must prove who it is (verify-full); libpq itself would take whatever it gets. A loopback
/// address is asked for TLS and used without; a unix socket has none.
/// </remarks>
public sealed class PostgresProvider : IDatabaseProvider
{
    public IReadOnlyList<string> Schemes { get; } = ["postgresql", "postgres"];

    public IDatabase Open(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new PostgresDatabase(endpoint, PostgresLocation.SettingsOf(endpoint));
    }
}
