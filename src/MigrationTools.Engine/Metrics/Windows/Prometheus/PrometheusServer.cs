using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Metrics.Windows.Prometheus;

/// <summary>Asks a server that speaks Prometheus's HTTP API for single values.</summary>
internal sealed class PrometheusServer(Endpoint endpoint, HttpClient client, TimeSpan timeout, TimeProvider time)
{
    /// <summary>What a query gave: a value, or why there is none.</summary>
    /// <param name="Value">The number.</param>
    /// <param name="Missing">Why there is none.</param>
    /// <param name="At">The moment that it is of, as the server says it; null where there was no value.</param>
    internal readonly record struct Answer(double? Value, string? Missing, string? At = null);

    /// <param name="query">In PromQL.</param>
    /// <param name="at">As of when, as an answer says it; null for the server's own now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MeasurementException">No answer, or the server refused the query: nothing was measured.</exception>
    public async Task<Answer> QueryAsync(string query, string? at, CancellationToken cancellationToken)
    {
        using var request = HttpRequests.Get(endpoint, $"/api/v1/query?query={Uri.EscapeDataString(query)}{(at is null ? "" : $"&time={at}")}");
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            return Read(Text(body), (int)response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MeasurementException(string.Create(CultureInfo.InvariantCulture, $"Prometheus at {endpoint} gave no answer within {timeout.TotalSeconds:0.###} s."));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw new MeasurementException($"Prometheus at {endpoint} gave no answer: {endpoint.Redact(failed.Message)}. Is it up and reachable from here?", failed);
        }
    }

    /// <summary>JSON is UTF-8 and may begin with a mark that says so (RFC 8259, section 8.1); what the header says of a charset decides nothing.</summary>
    private static string Text(byte[] body) => Encoding.UTF8.GetString(body).TrimStart('\uFEFF');

    private Answer Read(string body, int status)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.GetProperty("status").GetString() != "success")
            {
                throw new MeasurementException($"Prometheus at {endpoint} refused the query: {Text(root, "errorType")}: {endpoint.Redact(Text(root, "error"))}");
            }

            var data = root.GetProperty("data");
            var result = data.GetProperty("result");
            return data.GetProperty("resultType").GetString() switch
            {
                "vector" when result.GetArrayLength() == 1 => Value(result[0].GetProperty("value")),
                "vector" when result.GetArrayLength() == 0 => new Answer(null, "the query found no series"),
                "vector" => new Answer(null, string.Create(CultureInfo.InvariantCulture, $"the query found {result.GetArrayLength()} series where one value is expected; add them up with sum() or the like")),
                "scalar" => Value(result),
                var other => new Answer(null, $"the query gives a {other}, and no single value"),
            };
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new MeasurementException(string.Create(CultureInfo.InvariantCulture, $"What is at {endpoint} answered status {status} and nothing that Prometheus would: {endpoint.Redact(body.Length <= 200 ? body : body[..200])}"), odd);
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>A pair of a time and a number in text.</summary>
    private static Answer Value(JsonElement pair) => pair[1].GetString() switch
    {
        "NaN" => new Answer(null, "the value is NaN: nothing was there to work it out of", Moment(pair)),
        null => throw new FormatException("The value is null."),
        "+Inf" or "-Inf" or "Inf" => new Answer(null, "the value is infinite", Moment(pair)),
        var text => new Answer(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), null, Moment(pair)),
    };

    /// <summary>Seconds since 1970, in the server's own digits.</summary>
    private static string Moment(JsonElement pair) => pair[0].GetDouble().ToString("0.###", CultureInfo.InvariantCulture);
}
