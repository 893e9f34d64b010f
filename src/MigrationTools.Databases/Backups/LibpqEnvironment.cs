using System.Globalization;
using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Backups;

/// <summary>
/// An endpoint as the variables that PostgreSQL's own programs read (its documentation, 34.15), so that nothing of it stands in a command
/// line, which every user of a machine can list.
/// </summary>
internal static class LibpqEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(Endpoint endpoint)
    {
        var settings = PostgresLocation.SettingsOf(endpoint);
        var hosts = Hosts(settings).ToList();
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = string.Join(',', hosts.Select(host => host.Host)),
            ["PGPORT"] = string.Join(',', hosts.Select(host => host.Port)),
            ["PGUSER"] = settings.Username!,
            ["PGDATABASE"] = settings.Database!,
            ["PGSSLMODE"] = SslModeOf(settings.SslMode),
            ["PGAPPNAME"] = settings.ApplicationName!,
        };
        Add(environment, "PGPASSWORD", settings.Password);
        Add(environment, "PGPASSFILE", settings.Passfile);
        Add(environment, "PGSSLROOTCERT", settings.RootCertificate);
        Add(environment, "PGSSLCERT", settings.SslCertificate);
        Add(environment, "PGSSLKEY", settings.SslKey);
        Add(environment, "PGOPTIONS", settings.Options);
        Add(environment, "PGCONNECT_TIMEOUT", settings.Timeout == 0 ? null : settings.Timeout.ToString(CultureInfo.InvariantCulture));
        return environment;
    }

    private static void Add(Dictionary<string, string> environment, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            environment[name] = value;
        }
    }

    // Only several hosts have their ports behind them.
    private static IEnumerable<(string Host, string Port)> Hosts(NpgsqlConnectionStringBuilder settings) => settings.Host!.Contains(',', StringComparison.Ordinal)
        ? settings.Host.Split(',').Select(Split)
        : [(settings.Host, settings.Port.ToString(CultureInfo.InvariantCulture))];

    private static (string Host, string Port) Split(string host)
    {
        var colon = host.LastIndexOf(':');
        return (host[..colon].Trim('[', ']'), host[(colon + 1)..]);
    }

    private static string SslModeOf(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Prefer => "prefer",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        _ => "verify-full",
    };
}
