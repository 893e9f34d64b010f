namespace MigrationTools.Engine.Metrics;

/// <summary>One figure of a series. Percentiles are by nearest rank: the smallest value that at least so many percent do not exceed, always one that was measured.</summary>
public static class LatencyStatistic
{
    /// <summary>The statistic of that name: mean, p50, p95 or p99.</summary>
    /// <exception cref="MeasurementException">There is none of that name.</exception>
    public static Func<IReadOnlyCollection<double>, double> For(string name) => name switch
    {
        "mean" => Mean,
        "p50" => values => Percentile(values, 50),
        "p95" => values => Percentile(values, 95),
        "p99" => values => Percentile(values, 99),
        _ => throw new MeasurementException($"'{name}' is not a statistic: use status, mean, p50, p95 or p99."),
    };

    private static double Mean(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        return values.Average();
    }

    private static double Percentile(IReadOnlyCollection<double> values, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var rank = ((values.Count * percent) + 99) / 100;
        return values.Order().ElementAt(rank - 1);
    }
}
