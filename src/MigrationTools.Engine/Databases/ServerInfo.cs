namespace MigrationTools.Engine.Databases;

/// <summary>What a server says of itself.</summary>
/// <param name="Product">SQLite or PostgreSQL.</param>
/// <param name="Version">As the server writes it, such as 15.18.</param>
public sealed record ServerInfo(string Product, string Version)
{
    /// <summary>Connections allowed and in use; null where the engine has none (SQLite) or won't say.</summary>
    public int? MaxConnections { get; init; }

    public int? UsedConnections { get; init; }

    /// <summary>Bytes free where the database's files lie; null where it can't be seen from here.</summary>
    public long? FreeDiskBytes { get; init; }

    /// <summary>Size of the database in bytes.</summary>
    public long? DatabaseBytes { get; init; }

    /// <summary>Server's text encoding, such as UTF8.</summary>
    public string? Encoding { get; init; }

    /// <summary>Whether the database can be written by this login (a read-only file, a standby, default_transaction_read_only).</summary>
    public bool Writable { get; init; }
}
