using System.Text;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Proof;

/// <summary>Sends requests to the front, each over a connection of its own and without cookies, as a client that comes for the first time, and counts who answers.</summary>
internal sealed class FrontProbe(TrafficProofOptions options, TimeProvider time)
{
    private const int LongestBody = 64 * 1024;

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <summary>The path that is asked: the identity's, below the lane's where the lane has one.</summary>
    public static string PathOf(TrafficIdentitySpec identity, TrafficLane lane)
    {
        var below = lane.Path?.TrimEnd('/') ?? string.Empty;
        if (below.Length == 0 || identity.Path == below || identity.Path.StartsWith(below + "/", StringComparison.Ordinal))
        {
            return identity.Path;
        }

        return identity.Path == "/" ? lane.Path! : below + identity.Path;
    }

    /// <exception cref="TrafficException">The front's address is none.</exception>
    public async Task<ShareCount> CountAsync(Endpoint front, TrafficIdentitySpec identity, TrafficLane lane, long requests, CancellationToken cancellationToken)
    {
        var address = AddressOf(front, PathOf(identity, lane));
        var sides = new Sides(identity);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero, ConnectTimeout = options.RequestTimeout };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var limit = new CancellationTokenSource(options.ProbeLimit, time);
        long left = requests, source = 0, target = 0, neither = 0, unanswered = 0, errors = 0;

        async Task SendAsync()
        {
            while (!limit.IsCancellationRequested && Interlocked.Decrement(ref left) >= 0)
            {
                var (side, isError) = await AskAsync(client, address, sides, cancellationToken).ConfigureAwait(false);
                switch (side)
                {
                    case Side.Source: Interlocked.Increment(ref source); break;
                    case Side.Target: Interlocked.Increment(ref target); break;
                    case Side.Neither: Interlocked.Increment(ref neither); break;
                    default: Interlocked.Increment(ref unanswered); break;
                }

                if (isError)
                {
                    Interlocked.Increment(ref errors);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => SendAsync())).ConfigureAwait(false);
        return new ShareCount(source, target, neither, unanswered) { ServerErrors = errors };
    }

    private async Task<(Side Side, bool IsError)> AskAsync(HttpClient client, Uri address, Sides sides, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var request = RequestFor(address);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var side = await sides.OfAsync(response, either.Token).ConfigureAwait(false);
            return (side, (int)response.StatusCode >= 500);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Side.None, false);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return (Side.None, false);
        }
    }

    private static HttpRequestMessage RequestFor(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { UserName = "", Password = "" }.Uri);
        request.Headers.ConnectionClose = true;
        if (address.UserInfo.Length > 0)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)));
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Basic", credentials);
        }

        return request;
    }

    private static Uri AddressOf(Endpoint front, string path)
    {
        if (!Uri.TryCreate(front.Reveal(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new TrafficException($"The front '{front}' is not an http or https address.");
        }

        var question = path.IndexOf('?', StringComparison.Ordinal);
        var whole = new UriBuilder(address);
        whole.Path = whole.Path.TrimEnd('/') + '/' + (question < 0 ? path : path[..question]).TrimStart('/');
        whole.Query = question < 0 ? address.Query : path[question..];
        return whole.Uri;
    }

    private enum Side
    {
        /// <summary>No answer.</summary>
        None = 0,
        Neither,
        Source,
        Target,
    }

    private sealed class Sides(TrafficIdentitySpec identity)
    {
        private readonly Regex _source = new(identity.Source, RegexOptions.CultureInvariant, MatchLimit);
        private readonly Regex _target = new(identity.Target, RegexOptions.CultureInvariant, MatchLimit);

        public async Task<Side> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            var text = identity.Header is { } header ? HeaderOf(response, header) : await BodyOfAsync(response, cancellationToken).ConfigureAwait(false);
            if (text is null)
            {
                return Side.Neither;
            }

            try
            {
                return (_source.IsMatch(text), _target.IsMatch(text)) switch
                {
                    (true, false) => Side.Source,
                    (false, true) => Side.Target,
                    _ => Side.Neither,
                };
            }
            catch (RegexMatchTimeoutException)
            {
                return Side.Neither;
            }
        }

        private static string? HeaderOf(HttpResponseMessage response, string header) =>
            response.Headers.TryGetValues(header, out var values) || response.Content.Headers.TryGetValues(header, out values) ? string.Join(", ", values) : null;

        private static async Task<string> BodyOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var dispose = stream.ConfigureAwait(false);
            var buffer = new byte[LongestBody];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\r', '\n');
        }
    }
}
