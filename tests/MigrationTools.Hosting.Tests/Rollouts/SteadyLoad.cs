using System.Collections.Concurrent;
using System.Net.Sockets;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Clients that send one request after the other through the router, each over a new connection now and then, for as long as a test runs.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Clients = 3;
    private const int Enough = 60;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<SentRequest> _sent = [];
    private readonly Task _sending;

    public SteadyLoad(string front, params string[] paths) =>
        _sending = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SendAsync(front, paths, client)));

    /// <summary>What was sent until now.</summary>
    public IReadOnlyCollection<SentRequest> Sent => _sent;

    /// <summary>Requests that failed as a client sees it: no answer, or 5xx.</summary>
    public IReadOnlyList<SentRequest> Failed => [.. _sent.Where(request => request.Status is null or >= 500)];

    /// <summary>
    /// Those of <see cref="Failed"/> that a client would tell of: all but the ones that a kept connection's close overtook, which clients send again (RFC 9112,
    /// section 9.3.1), as these have. Where it was sent again it is a request of its own.
    /// </summary>
    public IReadOnlyList<SentRequest> Lost => [.. Failed.Where(request => !request.SentAgain)];

    /// <summary>Waits until the clients sent a good number of requests from now on and know what came of them, however long that takes on a busy machine.</summary>
    /// <returns>Those requests.</returns>
    public async Task<IReadOnlyList<SentRequest>> GoOnAsync()
    {
        var from = DateTimeOffset.UtcNow;
        while (true)
        {
            List<SentRequest> since = [.. _sent.Where(request => request.At > from)];
            if (since.Count >= Enough)
            {
                return since;
            }

            if (_sending.IsCompleted)
            {
                await _sending;
                throw new InvalidOperationException("The clients have ended.");
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>From now on, each answer is the one version's.</summary>
    public async Task ShouldBeAnsweredOnlyByAsync(string version) => (await GoOnAsync()).ShouldAllBe(request => request.Version == version);

    public async Task<IReadOnlyCollection<SentRequest>> EndAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        return _sent;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task SendAsync(string front, string[] paths, int client)
    {
        HttpClient? http = null;
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var kept = number % 10 != 0;
            if (!kept)
            {
                http?.Dispose();
                http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };
            }

            var path = paths[(number + client) % paths.Length];
            var request = await GetAsync(http!, front, path, kept);
            _sent.Add(request);
            if (request.SentAgain)
            {
                _sent.Add(await GetAsync(http!, front, path, kept: false));
            }

            await Task.Delay(5, CancellationToken.None);
        }

        http?.Dispose();
    }

    private static async Task<SentRequest> GetAsync(HttpClient http, string front, string path, bool kept)
    {
        var at = DateTimeOffset.UtcNow;
        try
        {
            // What is under way is not cut off by the end of the test: that would be a failure of the test's own making.
            using var answer = await http.GetAsync(front + path, CancellationToken.None);
            await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            return new SentRequest(at, (int)answer.StatusCode, answer.Headers.TryGetValues(ShopServer.VersionHeader, out var version) ? version.First() : null) { Path = path };
        }
        catch (HttpRequestException failed)
        {
            return new SentRequest(at, null, null)
            {
                Path = path,
                Error = failed.ToString(),
                SentAgain = kept && failed.InnerException is IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } },
            };
        }
    }
}
