namespace MigrationTools.Databases.Backups;

/// <summary>Where PostgreSQL's client programs are.</summary>
public sealed record PostgresPrograms
{
    /// <summary>Their directory; null finds them on the PATH.</summary>
    public string? Directory { get; init; }

    /// <summary>The program to start, such as pg_restore.</summary>
    public string PathOf(string program) => Directory is null ? program : Path.Combine(Directory, program);
}
