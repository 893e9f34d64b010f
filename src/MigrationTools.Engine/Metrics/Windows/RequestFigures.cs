namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>The figures of sources that count requests. What nothing was seen of has no figure: without requests no rate of errors, without an answer no time.</summary>
public static class RequestFigures
{
    /// <summary>Figures of a source that times every request.</summary>
    public static IReadOnlyList<string> Timed { get; } =
    [
        MetricFigures.P50, MetricFigures.P95, MetricFigures.P99, MetricFigures.Mean, MetricFigures.ResponseTime, MetricFigures.ErrorRate,
        MetricFigures.Availability, MetricFigures.Requests, MetricFigures.Rate,
    ];

    /// <summary>Figures of a source that counts them and knows a mean.</summary>
    public static IReadOnlyList<string> Counted { get; } =
        [MetricFigures.Mean, MetricFigures.ResponseTime, MetricFigures.ErrorRate, MetricFigures.Availability, MetricFigures.Requests, MetricFigures.Rate];

    /// <summary>Of counted requests.</summary>
    /// <param name="requests">Requests in all.</param>
    /// <param name="errors">Of these, those that failed.</param>
    /// <param name="span">How long was looked.</param>
    /// <param name="mean">Mean time in milliseconds; null where it is not known.</param>
    public static IReadOnlyDictionary<string, double> Of(long requests, long errors, TimeSpan span, double? mean)
    {
        var figures = Count(requests, errors, span);
        if (mean is { } milliseconds && double.IsFinite(milliseconds) && requests > errors)
        {
            figures[MetricFigures.Mean] = milliseconds;
            figures[MetricFigures.ResponseTime] = milliseconds;
        }

        return figures;
    }

    /// <summary>Of timed requests.</summary>
    /// <param name="requests">Requests in all.</param>
    /// <param name="errors">Of these, those that failed.</param>
    /// <param name="span">How long was looked.</param>
    /// <param name="latencies">Milliseconds of those that succeeded.</param>
    public static IReadOnlyDictionary<string, double> Of(long requests, long errors, TimeSpan span, IReadOnlyList<double> latencies)
    {
        ArgumentNullException.ThrowIfNull(latencies);
        var figures = Count(requests, errors, span);
        if (latencies.Count > 0)
        {
            var sorted = latencies.Order().ToArray();
            foreach (var statistic in new[] { MetricFigures.Mean, MetricFigures.P50, MetricFigures.P95, MetricFigures.P99 })
            {
                figures[statistic] = LatencyStatistic.For(statistic)(sorted);
            }

            figures[MetricFigures.ResponseTime] = figures[MetricFigures.P95];
        }

        return figures;
    }

    private static Dictionary<string, double> Count(long requests, long errors, TimeSpan span)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { [MetricFigures.Requests] = requests };
        if (span > TimeSpan.Zero)
        {
            figures[MetricFigures.Rate] = requests / span.TotalSeconds;
        }

        if (requests > 0)
        {
            figures[MetricFigures.ErrorRate] = (double)errors / requests;
            figures[MetricFigures.Availability] = (double)(requests - errors) / requests;
        }

        return figures;
    }
}
