using System.Globalization;
using System.Net;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>Turns a PostgreSQL endpoint into the driver's settings, with libpq's meaning and, for TLS, a safer default.</summary>
internal static class PostgresLocation
{
    private const int DefaultPort = 5432;
    private const int BufferBytes = 64 * 1024;

    /// <exception cref="EndpointException">A part can't be understood, or a parameter is not known.</exception>
    public static NpgsqlConnectionStringBuilder SettingsOf(Endpoint endpoint)
    {
        var uri = PostgresUri.Parse(endpoint);
        var hosts = uri.Hosts.Count > 0 ? uri.Hosts : [DefaultHost()];
        var settings = new NpgsqlConnectionStringBuilder
        {
            Username = uri.User ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName,
            ApplicationName = Environment.GetEnvironmentVariable("PGAPPNAME") ?? "migrationtools",
            SslMode = DefaultSslMode(hosts),

            // Of the environment's PGCLIENTENCODING the driver would make texts that are none of ours.
            Encoding = "UTF8",
            ClientEncoding = "UTF8",

            // A connection is used for one thing and closed, so nothing of it lives on in a pool.
            Pooling = false,
            Enlist = false,
            CommandTimeout = 0,
            IncludeErrorDetail = true,
            ReadBufferSize = BufferBytes,
            WriteBufferSize = BufferBytes,
        };
        SetHosts(endpoint, settings, hosts, uri.Ports);
        settings.Database = uri.Database ?? Environment.GetEnvironmentVariable("PGDATABASE") ?? settings.Username;
        if (uri.Password is not null)
        {
            settings.Password = uri.Password;
        }

        foreach (var (name, value) in uri.Parameters)
        {
            Apply(endpoint, settings, name, value);
        }

        return settings;
    }

    /// <summary>Whether every host is this machine: a socket's directory or a loopback address.</summary>
    public static bool IsLocal(IEnumerable<string> hosts) => hosts.All(host => IsSocket(host) || IsLoopback(host));

    private static void Apply(Endpoint endpoint, NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                settings.SslMode = SslModeOf(endpoint, value);
                break;
            case "sslrootcert":
                settings.RootCertificate = value == "system" ? null : PathOf(endpoint, value);
                break;
            case "sslcert":
                settings.SslCertificate = PathOf(endpoint, value);
                break;
            case "sslkey":
                settings.SslKey = PathOf(endpoint, value);
                break;
            case "sslpassword":
                settings.SslPassword = value;
                break;
            case "passfile":
                settings.Passfile = PathOf(endpoint, value);
                break;
            case "connect_timeout":
                settings.Timeout = Math.Clamp(Number(endpoint, name, value), 0, 1024);
                break;
            case "application_name" or "fallback_application_name":
                settings.ApplicationName = value;
                break;
            case "options":
                settings.Options = value;
                break;
            case "target_session_attrs":
                settings.TargetSessionAttributes = value is "any" or "read-write" or "read-only" or "primary" or "standby" or "prefer-standby"
                    ? value
                    : throw PostgresUri.Invalid(endpoint, "target_session_attrs must be any, read-write, read-only, primary, standby or prefer-standby");
                break;
            case "client_encoding":
                if (!value.Replace("-", string.Empty, StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase) && value != "auto")
                {
                    throw PostgresUri.Invalid(endpoint, "client_encoding can only be UTF8: the server converts to it whatever the database's own encoding is");
                }

                break;
            case "keepalives_idle":
                settings.TcpKeepAlive = true;
                settings.TcpKeepAliveTime = Number(endpoint, name, value);
                break;
            default:
                throw PostgresUri.Invalid(endpoint,
                    $"the parameter '{EndpointRedaction.Redact(name)}' is not known; known are host, port, user, password, dbname, sslmode, sslrootcert, sslcert, sslkey, sslpassword, passfile, connect_timeout, application_name, options, target_session_attrs, client_encoding, keepalives_idle");
        }
    }

    private static SslMode SslModeOf(Endpoint endpoint, string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw PostgresUri.Invalid(endpoint, "sslmode must be disable, allow, prefer, require, verify-ca or verify-full"),
    };

    private static SslMode DefaultSslMode(List<string> hosts) =>
        hosts.TrueForAll(IsSocket) ? SslMode.Disable : IsLocal(hosts) ? SslMode.Prefer : SslMode.VerifyFull;

    // The driver takes host:port only where there are several, and a socket's directory with a port behind it for a name otherwise.
    private static void SetHosts(Endpoint endpoint, NpgsqlConnectionStringBuilder settings, List<string> hosts, List<int> ports)
    {
        if (ports.Count > 1 && ports.Count != hosts.Count)
        {
            throw PostgresUri.Invalid(endpoint, $"{hosts.Count} hosts with {ports.Count} ports; give one port for all or one a host");
        }

        var places = hosts.Select((host, index) => (Host: host.Length == 0 ? DefaultHost() : host, Port: PortOf(index))).ToList();
        if (places.Count == 1)
        {
            (settings.Host, settings.Port) = places[0];
            return;
        }

        settings.Host = string.Join(',', places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{Bracketed(place.Host)}:{place.Port}")));

        int PortOf(int index) => ports.Count == 0 || ports[Math.Min(index, ports.Count - 1)] is 0 ? EnvironmentPort() : ports[Math.Min(index, ports.Count - 1)];
    }

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && !IsSocket(host) ? $"[{host}]" : host;

    private static int EnvironmentPort() =>
        int.TryParse(Environment.GetEnvironmentVariable("PGPORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : DefaultPort;

    // libpq tries the socket of its build, which is where distributions put it, before this machine's address.
    private static string DefaultHost()
    {
        const string debianSockets = "/var/run/postgresql";
        return Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } host ? host
            : !OperatingSystem.IsWindows() && Directory.Exists(debianSockets) ? debianSockets : "localhost";
    }

    private static bool IsSocket(string host) => host.StartsWith('/') || host.StartsWith('@');

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string PathOf(Endpoint endpoint, string path) => Path.GetFullPath(path, Path.GetFullPath(endpoint.BaseDirectory));

    private static int Number(Endpoint endpoint, string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw PostgresUri.Invalid(endpoint, $"{name} must be a whole number of seconds");
}
