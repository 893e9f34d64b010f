using System.Net.Sockets;
using System.Security.Authentication;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>The server's SQLSTATEs (PostgreSQL documentation, appendix A) and the driver's failures as errors that say what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether an exception is one of the driver's or the network's, to be turned by <see cref="From"/>.</summary>
    public static bool IsOne(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException or AuthenticationException
        || (error is InvalidOperationException or ObjectDisposedException && error.TargetSite?.DeclaringType?.Assembly == typeof(NpgsqlException).Assembly);

    /// <param name="endpoint">Where it happened.</param>
    /// <param name="doing">What was tried, such as <c>Reading public.orders</c>.</param>
    /// <param name="error">The driver's exception.</param>
    public static DatabaseException From(Endpoint endpoint, string doing, Exception error)
    {
        var server = error as PostgresException ?? error.InnerException as PostgresException;
        return server is null ? FromDriver(endpoint, doing, error) : FromServer(endpoint, doing, server);
    }

    private static DatabaseException FromServer(Endpoint endpoint, string doing, PostgresException error)
    {
        var state = error.SqlState;
        var (id, advice) = state switch
        {
            "3D000" => (ErrorIds.EndpointUnavailable, "Create the database, or name another."),
            "53100" => (ErrorIds.DiskFull, "Free room on the server's drive (or the tablespace's)."),
            "53300" => (ErrorIds.EndpointUnavailable, "The server has no connection left: close some, use fewer in parallel, or raise max_connections."),
            "55P03" => (ErrorIds.EndpointUnavailable, "Another session holds a lock on the table: let it finish or end it (pg_stat_activity, pg_blocking_pids), then try again."),
            "57014" => (ErrorIds.DatabaseError, "The server cancelled the statement (an administrator, or a time limit)."),
            "57P03" => (ErrorIds.EndpointUnavailable, "The server is starting up, shutting down or recovering: try again."),
            "25006" => (ErrorIds.ReadOnly, "The server is a standby or its transactions are read-only: name the primary, or mend default_transaction_read_only."),
            "42501" when error.MessageText.Contains("row-level security", StringComparison.Ordinal) => (ErrorIds.DatabaseError, "A policy hides rows of it: use the table's owner or a login with BYPASSRLS."),
            "42501" => (ErrorIds.DatabaseError, "Grant this login the right to it."),
            "22021" when IsReading(doing) => (ErrorIds.DatabaseError, "The database holds bytes that are no text in its own encoding (a SQL_ASCII database takes any): mend the row, or leave the column out."),
            _ when state[..2] is "22" && IsReading(doing) => (ErrorIds.DatabaseError, "A value can't be computed or sent: mend the row, the query or the expression."),
            _ => state[..2] switch
            {
                "28" => (ErrorIds.AuthenticationFailed, "Check the user, the password (or PGPASSWORD, or the passfile) and the server's pg_hba.conf."),
                "08" or "57" => (ErrorIds.EndpointUnavailable, "The connection was ended: see the server's log, then try again."),
                "53" or "58" => (ErrorIds.EndpointUnavailable, "The server lacks something it needs: see its log."),
                "22" or "23" => (ErrorIds.DatabaseError, "The row does not fit the table: mend the row, the mapping or the table."),
                "40" => (ErrorIds.EndpointUnavailable, "The transaction lost against another: try again."),
                _ => (ErrorIds.DatabaseError, "Check the SQL and that the database's structure is what it expects."),
            },
        };
        var detail = error.Detail is { Length: > 0 } more ? $" ({more.TrimEnd('.')})" : string.Empty;
        var where = error.Where is { Length: > 0 } && state[..2] is "22" or "23" ? $" at {FirstLine(error.Where!)}" : string.Empty;
        return new DatabaseException(id, $"{doing} on {endpoint} failed: {error.MessageText.TrimEnd('.')}{detail}{where} (SQLSTATE {state}). {advice}", error)
        {
            ServerCode = state,
            IsDataError = state[..2] is "22" or "23",
        };
    }

    private static bool IsReading(string doing) => doing.StartsWith("Reading", StringComparison.Ordinal) || doing.StartsWith("Hashing", StringComparison.Ordinal) || doing.StartsWith("Counting", StringComparison.Ordinal);

    private static DatabaseException FromDriver(Endpoint endpoint, string doing, Exception error)
    {
        var cause = Innermost(error);
        if (cause is AuthenticationException || error.InnerException is AuthenticationException)
        {
            return new DatabaseException(ErrorIds.EndpointUnavailable,
                $"{doing} on {endpoint} failed: the server's certificate could not be verified ({FirstLine(cause.Message)}). Name its authority with sslrootcert=file, or, on a network that you trust, choose another sslmode.", error);
        }

        if (error.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            return new DatabaseException(ErrorIds.AuthenticationFailed,
                $"{doing} on {endpoint} failed: the server asks for a password and none was given. Use ${{env:NAME}} in the URI, PGPASSWORD or a passfile.", error);
        }

        var advice = cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }
            ? "Check the host's name."
            : "Check the host and the port, that the server runs, and that nothing between blocks the way.";
        return new DatabaseException(ErrorIds.EndpointUnavailable, $"{doing} on {endpoint} failed: {FirstLine(cause.Message).TrimEnd('.')}. {advice}", error);
    }

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r');
}
