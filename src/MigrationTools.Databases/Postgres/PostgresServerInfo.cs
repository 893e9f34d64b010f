using System.Buffers.Binary;
using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Asks a server for its version and limits.</summary>
internal static class PostgresServerInfo
{
    // pg_settings leaves a setting out that this login may not see, where current_setting would fail.
    private const string Query =
        """
        SELECT pg_catalog.current_setting('server_version'),
               pg_catalog.current_setting('max_connections'),
               (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'),
               CASE WHEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CONNECT') THEN pg_catalog.pg_database_size(pg_catalog.current_database()) END,
               pg_catalog.current_setting('server_encoding'),
               pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('default_transaction_read_only') = 'on',
               (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'),
               (SELECT system_identifier FROM pg_catalog.pg_control_system())
        """;

    public static async Task<ServerInfo> ReadAsync(PostgresConnection connection, bool isLocal, CancellationToken cancellationToken)
    {
        var row = (await connection.QueryAsync(Query, [], "Asking for the version", cancellationToken).ConfigureAwait(false))[0];
        return new ServerInfo("PostgreSQL", row[0]!)
        {
            MaxConnections = int.Parse(row[1]!, CultureInfo.InvariantCulture),
            UsedConnections = int.Parse(row[2]!, CultureInfo.InvariantCulture),
            DatabaseBytes = row[3] is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : null,
            Encoding = row[4],
            Writable = row[5] == "f",
            FreeDiskBytes = isLocal ? FreeDisk(row[6], row[7]) : null,
        };
    }

    // A port can lead from this machine into a container or a tunnel; only files with the server's own identifier in them are its files.
    private static long? FreeDisk(string? dataDirectory, string? systemIdentifier)
    {
        if (dataDirectory is null || systemIdentifier is null)
        {
            return null;
        }

        try
        {
            Span<byte> identifier = stackalloc byte[8];
            using (var control = File.OpenRead(Path.Combine(dataDirectory, "global", "pg_control")))
            {
                control.ReadExactly(identifier);
            }

            var own = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(identifier) : BinaryPrimitives.ReadInt64BigEndian(identifier);
            return own.ToString(CultureInfo.InvariantCulture) == systemIdentifier ? new DriveInfo(dataDirectory).AvailableFreeSpace : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
