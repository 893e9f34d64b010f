using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>Where HAProxy's runtime API listens: <c>unix:/run/haproxy.sock</c> or <c>tcp:127.0.0.1:9999</c>.</summary>
/// <param name="Point">As sockets want it.</param>
/// <param name="File">The socket's file; null for TCP.</param>
internal sealed record HaProxyAddress(EndPoint Point, string? File)
{
    /// <exception cref="TrafficException">It is neither.</exception>
    public static HaProxyAddress Of(Endpoint endpoint, string directory)
    {
        var address = endpoint.Reveal();
        var rest = address[(endpoint.Scheme.Length + 1)..];
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
        }

        return endpoint.Scheme switch
        {
            "unix" when rest.Length > 0 => Unix(Path.GetFullPath(Path.Combine(directory, rest)), endpoint),
            "tcp" when Tcp(rest.TrimEnd('/')) is { } point => new HaProxyAddress(point, null),
            _ => throw new TrafficException($"'{endpoint}' is not where an HAProxy takes commands: expected unix:/run/haproxy.sock or tcp:host:port, as its 'stats socket' line says."),
        };
    }

    public AddressFamily Family => File is null ? AddressFamily.Unspecified : AddressFamily.Unix;

    private static HaProxyAddress Unix(string file, Endpoint endpoint)
    {
        try
        {
            return new HaProxyAddress(new UnixDomainSocketEndPoint(file), file);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new TrafficException($"'{endpoint}' is longer than a socket's path may be (about 100 characters). Have HAProxy's 'stats socket' at a shorter path.");
        }
    }

    private static EndPoint? Tcp(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return null;
        }

        var host = text[..colon].Trim('[', ']');
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
    }
}
