using System.Net;
using System.Net.Sockets;

namespace MigrationTools.Cli.Tests.Driving;

/// <summary>Takes connections and never answers: whoever asks it is certainly still waiting.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];

    public SilentServer()
    {
        _listener.Start();
        FirstCall = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Completes when somebody has connected.</summary>
    public Task FirstCall { get; }

    public void Dispose()
    {
        _listener.Stop();
        _clients.ForEach(client => client.Dispose());
    }

    private async Task AcceptAsync() => _clients.Add(await _listener.AcceptTcpClientAsync());
}
