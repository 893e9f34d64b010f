using System.Text;
using MigrationTools.Databases.Backups;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// How the target's server reaches the source: libpq's keywords and values (its documentation, 34.1.1.1). It holds the password, so it is given to the
/// server as a value that stands in no statement's text, and is taken out of whatever comes back.
/// </summary>
internal static class PublisherAddress
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["PGHOST"] = "host",
        ["PGPORT"] = "port",
        ["PGUSER"] = "user",
        ["PGDATABASE"] = "dbname",
        ["PGSSLMODE"] = "sslmode",
        ["PGPASSWORD"] = "password",
        ["PGPASSFILE"] = "passfile",
        ["PGSSLROOTCERT"] = "sslrootcert",
        ["PGSSLCERT"] = "sslcert",
        ["PGSSLKEY"] = "sslkey",
        ["PGOPTIONS"] = "options",
        ["PGCONNECT_TIMEOUT"] = "connect_timeout",
    };

    /// <summary>With the password. For the server alone.</summary>
    public static string Reveal(Endpoint endpoint)
    {
        var text = new StringBuilder();
        foreach (var (variable, value) in LibpqEnvironment.Of(endpoint))
        {
            if (Keywords.TryGetValue(variable, out var keyword))
            {
                text.Append(text.Length == 0 ? "" : " ").Append(keyword).Append("='").Append(Escape(value)).Append('\'');
            }
        }

        return text.ToString();
    }

    /// <summary>The error without the address and its password, also where the driver keeps the server's own words.</summary>
    public static DatabaseException Clean(DatabaseException error, Endpoint endpoint)
    {
        var environment = LibpqEnvironment.Of(endpoint);
        var message = error.Message.Replace(Reveal(endpoint), endpoint.Redacted, StringComparison.Ordinal);
        if (environment.TryGetValue("PGPASSWORD", out var password))
        {
            message = message.Replace(Escape(password), EndpointRedaction.Mask, StringComparison.Ordinal).Replace(password, EndpointRedaction.Mask, StringComparison.Ordinal);
        }

        return new DatabaseException(error.ErrorId, $"{endpoint.Redact(message)} (the source is reached from there as {endpoint})")
        {
            ServerCode = error.ServerCode,
            IsDataError = error.IsDataError,
        };
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
