using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Sqlite;

/// <summary>SQLite files: <c>sqlite:shop.db</c>, <c>sqlite:/var/shop.db</c>, <c>sqlite:C:\shop.db</c>, <c>sqlite:///var/shop.db</c>.</summary>
/// <remarks>
/// While a snapshot or a session of a file is open, this process must not open that file by other means (to hash or copy it):
/// on Linux and macOS closing any other handle drops SQLite's locks (SQLite's "How To Corrupt An SQLite Database File", 2.2).
/// </remarks>
public sealed class SqliteProvider : IDatabaseProvider
{
    private readonly TimeProvider _time;

    /// <param name="time">Clock by which a locked file is waited for; the system's by default.</param>
    public SqliteProvider(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    public IReadOnlyList<string> Schemes { get; } = ["sqlite"];

    public IDatabase Open(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new SqliteDatabase(endpoint, SqliteLocation.PathOf(endpoint), _time);
    }
}
