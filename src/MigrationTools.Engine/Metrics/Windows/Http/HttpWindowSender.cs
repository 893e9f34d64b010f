using System.Globalization;
using System.Net.Sockets;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Http;

/// <summary>Sends single requests of a window and tells the tally how they ended.</summary>
internal sealed class HttpWindowSender(Endpoint endpoint, HttpMetricSpec metric, HttpAnswerCheck check, HttpClient client, TimeProvider time, SteadyMoment moment, HttpTally tally)
{
    /// <param name="started">The timestamp of the window's beginning.</param>
    /// <param name="due">When the request is due, from there.</param>
    /// <param name="slots">How many may be under way.</param>
    /// <param name="cancellationToken">Ends it; it is then counted nowhere.</param>
    public async Task SendAsync(long started, TimeSpan due, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        // A timer may be early by a moment, and an answer quick: what was sent before it was due took no less than nothing.
        var sent = time.GetElapsedTime(started);
        due = sent < due ? sent : due;
        var left = metric.Timeout - (time.GetElapsedTime(started) - due);
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await slots.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                var problem = await AskAsync(either.Token).ConfigureAwait(false);
                var latency = time.GetElapsedTime(started) - due;
                tally.Add(latency > metric.Timeout ? TimedOut() : problem, latency, moment.Now);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over; who called hears it there.
        }
        catch (OperationCanceledException)
        {
            tally.Add(TimedOut(), metric.Timeout, moment.Now);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException)
        {
            tally.Add(Reason(failed), time.GetElapsedTime(started) - due, moment.Now);
        }
    }

    /// <summary>What was wrong with the answer; null for nothing.</summary>
    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var request = HttpRequests.Get(endpoint, metric.Path);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return await check.ProblemAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private string TimedOut() => string.Create(CultureInfo.InvariantCulture, $"no whole answer within {metric.Timeout.TotalSeconds:0.###} s");

    private string Reason(Exception failed) => failed switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError switch
        {
            HttpRequestError.ConnectionError => "could not connect",
            HttpRequestError.NameResolutionError => "the name could not be resolved",
            HttpRequestError.SecureConnectionError => "no secure connection",
            HttpRequestError.ResponseEnded => "the answer broke off",
            var other => other.ToString(),
        },
        _ => endpoint.Redact(failed.Message),
    };
}
