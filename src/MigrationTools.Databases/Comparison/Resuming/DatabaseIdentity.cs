using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>
/// Which database it really is. An endpoint as it is written names another one in another directory, with another value behind a reference or in
/// PGDATABASE, or once a port leads elsewhere; what was found equal in one says nothing of another.
/// </summary>
internal sealed record DatabaseIdentity
{
    public required string Engine { get; init; }

    /// <summary>A file without links, or hosts as the driver takes them.</summary>
    public required string Place { get; init; }

    public string? Database { get; init; }

    /// <summary>A server shows logins and sessions of other settings other rows.</summary>
    public string? Login { get; init; }

    public string? Settings { get; init; }

    /// <summary>The server's own name of its data, given once when they are made; null where it does not tell.</summary>
    public string? System { get; init; }

    /// <summary>A database that was dropped and made anew has another one.</summary>
    public string? Oid { get; init; }

    /// <summary>SHA-256 (hex) of all of it, which tells nobody a path or a login.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this))).ToLowerInvariant();

    /// <summary>The same of the data alone, however it is reached and by whom: of a server that names its data, without its address.</summary>
    [JsonIgnore]
    public string HashOfData => (this with { Place = System is null ? Place : "", Login = null, Settings = null }).Hash;

    /// <summary>Asks the server where there is one.</summary>
    /// <exception cref="DatabaseException">It can't be asked.</exception>
    public static async Task<DatabaseIdentity> OfAsync(IDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Dialect.Name switch
        {
            "sqlite" => new DatabaseIdentity { Engine = "sqlite", Place = RealPath.Of(SqliteLocation.PathOf(database.Endpoint)) },
            "postgresql" => await OfServerAsync(database, cancellationToken).ConfigureAwait(false),
            var other => new DatabaseIdentity { Engine = other, Place = database.Endpoint.ToString() },
        };
    }

    private static async Task<DatabaseIdentity> OfServerAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var settings = PostgresLocation.SettingsOf(database.Endpoint);
        var snapshot = await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var close = snapshot.ConfigureAwait(false);
        return new DatabaseIdentity
        {
            Engine = "postgresql",
            Place = string.Create(CultureInfo.InvariantCulture, $"{settings.Host} {settings.Port}"),
            Database = settings.Database,
            Login = settings.Username,
            Settings = $"{settings.TargetSessionAttributes} {settings.Options}",
            System = await SystemOfAsync(snapshot, cancellationToken).ConfigureAwait(false),
            Oid = await snapshot.ScalarAsync("SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()", cancellationToken).ConfigureAwait(false),
        };
    }

    // Everybody may ask, unless it was taken from them; a statement that names the function then fails, whether it comes to call it or not.
    private static async Task<string?> SystemOfAsync(IDatabaseSnapshot snapshot, CancellationToken cancellationToken) =>
        await snapshot.ScalarAsync("SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')", cancellationToken).ConfigureAwait(false) == "t"
            ? await snapshot.ScalarAsync("SELECT system_identifier FROM pg_catalog.pg_control_system()", cancellationToken).ConfigureAwait(false)
            : null;
}
