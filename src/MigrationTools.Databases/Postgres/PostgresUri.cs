using System.Globalization;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Postgres;

/// <summary>The parts of libpq's connection URI (PostgreSQL documentation, 34.1.1.2), decoded.</summary>
internal sealed class PostgresUri
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    /// <summary>Hosts in order, a socket's directory among them; empty where none is named.</summary>
    public List<string> Hosts { get; } = [];

    /// <summary>As many as <see cref="Hosts"/>, or one for all, or none.</summary>
    public List<int> Ports { get; } = [];

    public string? User { get; private set; }

    public string? Password { get; private set; }

    public string? Database { get; private set; }

    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <exception cref="EndpointException">It is not such a URI. The message holds no part of it that may be secret.</exception>
    public static PostgresUri Parse(Endpoint endpoint)
    {
        var text = endpoint.Reveal();
        var marker = text.IndexOf("://", StringComparison.Ordinal);
        if (marker < 0)
        {
            throw Invalid(endpoint, "expected postgresql://user@host:5432/database");
        }

        var uri = new PostgresUri();
        var rest = text[(marker + 3)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? string.Empty : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        uri.Database = slash < 0 || slash == rest.Length - 1 ? null : Decode(endpoint, rest[(slash + 1)..]);
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            uri.ReadUser(endpoint, authority[..at]);
        }

        uri.ReadHosts(endpoint, authority[(at + 1)..]);
        uri.ReadParameters(endpoint, query);
        return uri;
    }

    public static EndpointException Invalid(Endpoint endpoint, string why) => new($"'{endpoint}': {why}.");

    private void ReadUser(Endpoint endpoint, string userInfo)
    {
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        User = NullIfEmpty(Decode(endpoint, colon < 0 ? userInfo : userInfo[..colon]));
        Password = colon < 0 ? null : NullIfEmpty(Decode(endpoint, userInfo[(colon + 1)..]));
    }

    private void ReadHosts(Endpoint endpoint, string list)
    {
        if (list.Length == 0)
        {
            return;
        }

        foreach (var item in list.Split(','))
        {
            var end = item.StartsWith('[') ? item.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
            var colon = item.IndexOf(':', end);
            var host = colon < 0 ? item : item[..colon];
            Hosts.Add(Decode(endpoint, host.Trim('[', ']')));
            Ports.Add(colon < 0 || colon == item.Length - 1 ? 0 : Port(endpoint, item[(colon + 1)..]));
        }
    }

    private void ReadParameters(Endpoint endpoint, string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw Invalid(endpoint, "a parameter has no value; expected ?name=value&name=value");
            }

            SetParameter(endpoint, Decode(endpoint, pair[..equals]), Decode(endpoint, pair[(equals + 1)..]));
        }
    }

    // What the authority says too is the authority's other spelling: ?host=/var/run/postgresql&user=me.
    private void SetParameter(Endpoint endpoint, string name, string value)
    {
        switch (name)
        {
            case "host" or "hostaddr":
                Hosts.Clear();
                Hosts.AddRange(value.Split(','));
                break;
            case "port":
                Ports.Clear();
                Ports.AddRange(value.Split(',').Select(port => Port(endpoint, port)));
                break;
            case "user":
                User = value;
                break;
            case "password":
                Password = value;
                break;
            case "dbname":
                Database = value;
                break;
            default:
                _parameters[name] = value;
                break;
        }
    }

    private static int Port(Endpoint endpoint, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw Invalid(endpoint, "a port is not a number from 1 to 65535 (a '/', '@', ':', '?' or '#' inside a user's name or password is written %2F, %40, %3A, %3F, %23)");

    private static string Decode(Endpoint endpoint, string text)
    {
        for (var index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                throw Invalid(endpoint, "a '%' is not followed by two hexadecimal digits; a percent sign itself is written %25");
            }
        }

        return Uri.UnescapeDataString(text);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
