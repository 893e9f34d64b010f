using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Metrics;

/// <summary>
/// The status of a GET request, or the latency (milliseconds, until the whole body is here) of a series of them. Latency of
/// requests that fail is not a latency: one answer that is not 2xx makes the figure an error that names the status.
/// </summary>
public sealed class HttpMeasurement(HttpClient client, TimeProvider time, HttpMeasurementOptions? options = null) : IMeasurement
{
    private readonly HttpMeasurementOptions _options = Sane(options ?? new HttpMeasurementOptions());

    public bool Takes(MeasureSpec measure) => measure is HttpMeasureSpec;

    public async Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var http = (HttpMeasureSpec)measure;
        ArgumentNullException.ThrowIfNull(spec);
        var system = spec.Systems.OfType<HttpSystemSpec>().FirstOrDefault(candidate => candidate.Name == http.System)
            ?? throw new MeasurementException($"'{http.System}' is not an http system of the spec.");
        var endpoint = http.Side == EndpointSide.Source ? system.Source : system.Target;
        return http.Statistic == "status"
            ? await StatusAsync(endpoint, http.Path, cancellationToken).ConfigureAwait(false)
            : await LatencyAsync(endpoint, http.Path, http.Statistic, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The status code of one request.</summary>
    /// <exception cref="MeasurementException">There was no answer.</exception>
    public async Task<MeasuredValue> StatusAsync(Endpoint endpoint, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var at = time.GetUtcNow();
        var (status, _) = await RequestAsync(endpoint, path, cancellationToken).ConfigureAwait(false);
        var value = status.ToString(CultureInfo.InvariantCulture);
        return new MeasuredValue(value, new Evidence($"GET {path}", value, at) { Endpoint = endpoint.Redacted });
    }

    private async Task<MeasuredValue> LatencyAsync(Endpoint endpoint, string path, string statistic, CancellationToken cancellationToken)
    {
        var pick = LatencyStatistic.For(statistic);
        var at = time.GetUtcNow();
        var milliseconds = new List<double>(_options.Samples);
        for (var request = 0; request < _options.WarmUp + _options.Samples; request++)
        {
            var (status, elapsed) = await RequestAsync(endpoint, path, cancellationToken).ConfigureAwait(false);
            if (status is < 200 or > 299)
            {
                throw new MeasurementException(
                    $"GET {path} on {endpoint}: request {request + 1} answered {status}; the latency of answers that are not 2xx says nothing.");
            }

            if (request >= _options.WarmUp)
            {
                milliseconds.Add(elapsed.TotalMilliseconds);
            }
        }

        var value = pick(milliseconds).ToString("0.###", CultureInfo.InvariantCulture);
        return new MeasuredValue(value, new Evidence($"GET {path}, {statistic} of {milliseconds.Count} requests in ms", value, at) { Endpoint = endpoint.Redacted });
    }

    private async Task<(int Status, TimeSpan Elapsed)> RequestAsync(Endpoint endpoint, string path, CancellationToken cancellationToken)
    {
        using var request = HttpRequests.Get(endpoint, path);
        using var limit = new CancellationTokenSource(_options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var started = time.GetTimestamp();
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                await body.CopyToAsync(Stream.Null, either.Token).ConfigureAwait(false);
            }

            return ((int)response.StatusCode, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MeasurementException(
                string.Create(CultureInfo.InvariantCulture, $"GET {path} on {endpoint} got no whole answer within {_options.Timeout.TotalSeconds:0.###} s."));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw new MeasurementException(
                $"GET {path} on {endpoint} got no answer: {EndpointRedaction.Redact(failed.Message)}. Is the service up and reachable from here?", failed);
        }
    }

    private static HttpMeasurementOptions Sane(HttpMeasurementOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Samples, 20);
        ArgumentOutOfRangeException.ThrowIfNegative(options.WarmUp);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        return options;
    }
}
