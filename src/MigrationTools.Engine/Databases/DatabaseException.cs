namespace MigrationTools.Engine.Databases;

/// <summary>A server failed, refused, or is not there.</summary>
public sealed class DatabaseException : MigrationToolsException
{
    /// <param name="errorId">EndpointUnavailable, AuthenticationFailed, DatabaseError, DiskFull or ReadOnly of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What failed, on which redacted endpoint, what was seen, what to do.</param>
    /// <param name="innerException">The driver's exception.</param>
    public DatabaseException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }

    /// <summary>The server's own code (SQLSTATE, SQLite result code), where it gave one.</summary>
    public string? ServerCode { get; init; }

    /// <summary>The server refused the rows (a constraint, a value that does not fit) and would again; nothing is wrong with the server.</summary>
    public bool IsDataError { get; init; }
}
