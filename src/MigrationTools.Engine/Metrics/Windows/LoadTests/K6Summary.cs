using System.Text.Json;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>
/// A summary of k6, in both of its shapes: that of --summary-export, and that of handleSummary, which has the same numbers one level deeper
/// (https://grafana.com/docs/k6/latest/results-output/end-of-test/).
/// </summary>
internal static class K6Summary
{
    /// <summary>k6 times failed requests too; those that succeeded are this sub-metric.</summary>
    private const string Succeeded = "http_req_duration{expected_response:true}";

    private static readonly (string Figure, string Key)[] Statistics =
        [(MetricFigures.Mean, "avg"), (MetricFigures.P50, "med"), (MetricFigures.P95, "p(95)"), (MetricFigures.P99, "p(99)")];

    public static async Task<LoadTestResult> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        var metrics = json.RootElement.GetProperty("metrics");
        var requests = (long)(Number(metrics, "http_reqs", "count") ?? 0);
        if (requests <= 0)
        {
            return LoadTestResult.None("the load test made no requests");
        }

        // Of a rate, k6 counts as passes what was true: the requests that did fail.
        var share = Number(metrics, "http_req_failed", "rate") ?? Number(metrics, "http_req_failed", "value");
        var counted = Number(metrics, "http_req_failed", "passes") ?? (share * requests);
        if (counted is not { } failed)
        {
            return LoadTestResult.None("the summary does not say how many requests failed (http_req_failed)");
        }

        var errors = Math.Clamp((long)Math.Round(failed), 0, requests);
        var figures = new Dictionary<string, double>(RequestFigures.Of(requests, errors, TimeSpan.Zero, mean: null));
        if (Number(metrics, "http_reqs", "rate") is { } rate)
        {
            figures[MetricFigures.Rate] = rate;
        }

        // Times of failed requests are no answer times, so the metric of all requests does only where none failed.
        var times = metrics.TryGetProperty(Succeeded, out _) ? Succeeded : errors == 0 ? "http_req_duration" : null;
        foreach (var (figure, key) in Statistics)
        {
            if (times is not null && requests > errors && Number(metrics, times, key) is { } value)
            {
                figures[figure] = value;
            }
        }

        if (figures.TryGetValue(MetricFigures.P95, out var p95))
        {
            figures[MetricFigures.ResponseTime] = p95;
        }

        return new LoadTestResult(requests, errors, figures) { Missing = times is null ? $"some requests failed, and the summary has no {Succeeded}" : null };
    }

    private static double? Number(JsonElement metrics, string metric, string key)
    {
        if (!metrics.TryGetProperty(metric, out var found))
        {
            return null;
        }

        var values = found.TryGetProperty("values", out var deeper) ? deeper : found;
        return values.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : null;
    }
}
