using System.Globalization;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Sql;

/// <summary>Asks when the window is over; what is no number is no figure.</summary>
internal sealed class SqlMetricProbe(SqlMetricSpec metric, MigrationSpec spec, Measurements measurements, TimeProvider time) : IMetricProbe
{
    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var moment = SteadyMoment.Begin(time);
        await Task.Delay(window, time, cancellationToken).ConfigureAwait(false);
        var (value, evidence) = await measurements.MeasureAsync(new SqlMeasureSpec(metric.System, side, metric.Query), spec, cancellationToken).ConfigureAwait(false);
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return MetricWindows.OfValue(
            metric.Name, side, moment, isNumber ? number : null, isNumber ? null : value is null ? "the query gave no value" : "what the query gave is no number", evidence);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
