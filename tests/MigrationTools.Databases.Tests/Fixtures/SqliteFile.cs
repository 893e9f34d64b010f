using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Fixtures;

/// <summary>A SQLite file in a directory of its own, made by SQL.</summary>
public sealed class SqliteFile : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-sqlite-").FullName;

    public SqliteFile(TimeProvider? time = null)
    {
        Database = new SqliteProvider(time).Open(Endpoint.Parse("sqlite:test.db", _directory));
    }

    public IDatabase Database { get; }

    public string Path => System.IO.Path.Combine(_directory, "test.db");

    public string DirectoryPath => _directory;

    /// <summary>The file's bytes as a hash. Only while nothing has it open: closing a second handle would drop SQLite's locks.</summary>
    public string Hash() => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path)));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
